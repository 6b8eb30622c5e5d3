globalThis.log = [];
const worker = new Worker('worker.js', { type: 'module', name: 'detector' });
worker.onmessage = ({ data }) => globalThis.log.push(data);

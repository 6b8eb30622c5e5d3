import { tell } from '../tell.js';

globalThis.log = [];
const worker = new Worker('worker.js', { type: 'module', name: 'detector' });
worker.onmessage = ({ data }) => {
  globalThis.log.push(data);
  tell(data);
};

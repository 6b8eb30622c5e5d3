// What Emscripten writes beside a module of `-pthread -sPTHREAD_POOL_SIZE=1`, in short: this script is the page's and, under another
// name, that of its threads, which get the compiled module and the memory from the page and sleep in Wasm until there is work.

var Module = globalThis.Module ?? {};
const scriptUrl = globalThis.document?.currentScript?.src;
const isPthread = globalThis.name?.startsWith('em-pthread');

const instantiate = (wasmModule, memory) => WebAssembly.instantiate(wasmModule, { env: { memory } });

function addThread(wasmModule, memory) {
  const worker = new Worker(scriptUrl, { name: 'em-pthread-1' });
  return new Promise((resolve, reject) => {
    worker.onerror = reject;
    worker.onmessage = ({ data }) => {
      if (data.cmd === 'loaded') worker.postMessage({ cmd: 'run' });
      if (data.cmd === 'started') resolve(worker);
    };
    worker.postMessage({ cmd: 'load', wasmModule, memory });
  });
}

async function start() {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 2, shared: true });
  new Float32Array(memory.buffer, 1024, 8192).fill(0.5);
  const wasmModule = await WebAssembly.compileStreaming(fetch('/built/pthreads.wasm'));
  const { exports } = await instantiate(wasmModule, memory);
  Module._infer = exports.infer;
  Module.pool = [await addThread(wasmModule, memory)];
}

if (isPthread) {
  let exports;
  self.onmessage = async ({ data }) => {
    if (data.cmd === 'load') {
      ({ exports } = await instantiate(data.wasmModule, data.memory));
      self.postMessage({ cmd: 'loaded' });
    }
    if (data.cmd === 'run') {
      self.postMessage({ cmd: 'started' });
      exports.thread_main();
    }
  };
} else {
  Module.ready = start();
  globalThis.Module = Module;
}

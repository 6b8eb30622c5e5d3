import { BEGUN, ENDED, type Handshake, handshake, handshakeModule } from '../handshake.js';
import { type HelperTask, WORK_WORD } from '../helper.js';
import { BASE_MS, type CreatePlant, clocked } from '../plant.js';

/** Two threads share the work, and the other one has more of it: the owner waits for it in Wasm. */
const slowWorker =
  (wait: (threads: Handshake) => Handshake['sleepUntil']): CreatePlant =>
  async (base, plan) => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const module = await WebAssembly.compile(handshakeModule);
    const threads = await handshake(module, memory);
    const helper = new Worker('/harness/helper.js', { type: 'module', name: 'helper' });
    await new Promise((resolve, reject) => {
      helper.onmessage = resolve;
      helper.onerror = (event) => reject(new Error(`the helper failed: ${event.message}`));
      helper.postMessage({ module, memory, base: plan.base } satisfies HelperTask);
    });
    const work = new Float32Array(memory.buffer);
    const waitUntil = wait(threads);
    let round = 0;
    return (amountMs) => {
      work[WORK_WORD] = BASE_MS + amountMs;
      threads.post(BEGUN, ++round);
      base.run(BASE_MS);
      return clocked(() => waitUntil(ENDED, round));
    };
  };

export const sleepingForWorker = slowWorker(({ sleepUntil }) => sleepUntil);
export const spinningForWorker = slowWorker(({ spinUntil }) => spinUntil);

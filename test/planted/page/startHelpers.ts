import type { ProbeKind } from '../../../collectors/probes/probeModules.js';
import { BEGUN, COMPUTED, ENDED, handshake, handshakeModule, STEP, WORK } from './handshake.js';
import type { HelperTask } from './helper.js';

/** Workers that compute round by round, beside their owner. */
export interface Helpers {
  /** Has each compute for so long. */
  begin(ms: number): void;
  /** Waits until all have ended the round that was begun last. */
  awaitEnd(wait: 'sleepUntil' | 'spinUntil'): void;
  /** How long the first of them computed in the round that has ended, by its clock. */
  computedMs(): number;
}

/** Starts them one after another, so that each calibrates its kernel alone. */
export async function startHelpers(
  count: number,
  base: ProbeKind,
  { wait = 'sleepUntil', lateMs = 0 }: Partial<Pick<HelperTask, 'wait' | 'lateMs'>> = {},
): Promise<Helpers> {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const module = await WebAssembly.compile(handshakeModule);
  const threads = await handshake(module, memory);
  const ended = Array.from({ length: count }, (_, i) => ENDED + STEP * i);
  for (const address of ended) await start({ module, memory, base, ended: address, wait, lateMs });
  const work = new Float32Array(memory.buffer, WORK, 1);
  const computed = new Float32Array(memory.buffer, ENDED + COMPUTED, 1);
  let round = 0;
  return {
    begin(ms) {
      work[0] = ms;
      threads.post(BEGUN, ++round);
    },
    awaitEnd(wait) {
      for (const address of ended) threads[wait](address, round);
    },
    computedMs: () => computed[0]!,
  };
}

async function start(task: HelperTask): Promise<void> {
  const worker = new Worker('/harness/helper.js', { type: 'module', name: 'helper' });
  await new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = (event) => reject(new Error(`the helper failed: ${event.message}`));
    worker.postMessage(task);
  });
}

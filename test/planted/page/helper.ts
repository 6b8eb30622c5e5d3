import type { ProbeKind } from '../../../collectors/probes/probeModules.js';
import { createBase } from './base.js';
import { BEGUN, COMPUTED, handshake, WORK } from './handshake.js';
import { clocked } from './plant.js';

/** What a worker beside the owner is given. */
export interface HelperTask {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly base: ProbeKind;
  /** Address of the number of rounds that it has ended. */
  readonly ended: number;
  /** How it waits for a round. */
  readonly wait: 'sleepUntil' | 'exchangeUntil';
  /** It sleeps for so long before each round. */
  readonly lateMs: number;
}

/** Nobody wakes who sleeps here. */
const nobody = new Int32Array(new SharedArrayBuffer(4));

/** A worker beside the owner: in every round it computes for as long as it is told, and says so. */
self.onmessage = async ({ data }: MessageEvent<HelperTask>) => {
  const threads = await handshake(data.module, data.memory);
  const base = await createBase(data.base);
  const work = new Float32Array(data.memory.buffer, WORK, 1);
  const computed = new Float32Array(data.memory.buffer, data.ended + COMPUTED, 1);
  self.postMessage('ready');
  for (let round = 1; ; round++) {
    threads[data.wait](BEGUN, round);
    if (data.lateMs > 0) Atomics.wait(nobody, 0, 0, data.lateMs);
    computed[0] = clocked(() => base.run(work[0]!));
    threads.post(data.ended, round);
  }
};

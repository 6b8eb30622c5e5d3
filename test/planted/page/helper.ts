import type { ProbeKind } from '../../../collectors/probes/probeModules.js';
import { createBase } from './base.js';
import { BEGUN, ENDED, handshake } from './handshake.js';

/** What the second worker is given. */
export interface HelperTask {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly base: ProbeKind;
}

/** Word of the shared memory with the milliseconds to compute in the next round, as a float. */
export const WORK_WORD = 2;

/** The second worker: in every round it computes for as long as it is told, and says so. */
self.onmessage = async ({ data }: MessageEvent<HelperTask>) => {
  const { sleepUntil, post } = await handshake(data.module, data.memory);
  const base = await createBase(data.base);
  const work = new Float32Array(data.memory.buffer);
  self.postMessage('ready');
  for (let round = 1; ; round++) {
    sleepUntil(BEGUN, round);
    base.run(work[WORK_WORD]!);
    post(ENDED, round);
  }
};

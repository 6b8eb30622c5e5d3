import type { Scheduling } from '../../src/bundle/scheduling.js';
import { processList } from '../browser/processList.js';
import type { ProtocolSession } from '../protocolSession.js';
import { computingProcesses } from '../sched/computingProcesses.js';
import { type SchedulingSampler, sampleScheduling } from '../sched/sampleScheduling.js';

/** A page may go to another process at any time: by then its threads are looked for there. */
const LOOK_MS = 1000;

export interface SchedulingWatch {
  /** Hands in what was sampled since the beginning or the last turn, and goes on. */
  turn(): Scheduling;
  stop(): Scheduling;
}

/** Samples the kernel's scheduling figures of the browser's pages and of its GPU process, also of those that begin meanwhile. */
export async function watchScheduling(browser: ProtocolSession): Promise<SchedulingWatch> {
  const computing = async (): Promise<number[]> => computingProcesses(await processList(browser));
  let pids = await computing();
  let sampler: SchedulingSampler = sampleScheduling(pids);
  const timer = setInterval(() => {
    computing().then(
      (found) => {
        pids = found;
        sampler.watch(found);
      },
      // The browser is gone, and the recording about to end.
      () => {},
    );
  }, LOOK_MS);
  return {
    turn() {
      const stretch = sampler.stop();
      sampler = sampleScheduling(pids);
      return stretch;
    },
    stop() {
      clearInterval(timer);
      return sampler.stop();
    },
  };
}

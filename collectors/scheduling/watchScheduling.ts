import type { Scheduling } from '../../src/bundle/scheduling.js';
import { processList } from '../browser/processes.js';
import type { ProtocolSession } from '../protocolSession.js';
import { type SchedulingSampler, sampleScheduling } from './sampleScheduling.js';

/** How often the browser's processes are looked up. A page may move to another process at any time. */
const LOOK_UP_MS = 1000;

export interface SchedulingWatch {
  /** Returns the samples since the beginning or the last turn, and continues. */
  turn(): Scheduling;
  stop(): Scheduling;
}

/** Samples the scheduling of the browser's threads, including processes that start later. */
export async function watchScheduling(browser: ProtocolSession): Promise<SchedulingWatch> {
  const processes = async (): Promise<number[]> => (await processList(browser)).map(({ id }) => id);
  let pids = await processes();
  let sampler: SchedulingSampler = sampleScheduling(pids);
  const timer = setInterval(() => {
    processes().then(
      (found) => {
        pids = found;
        sampler.watch(found);
      },
      // The browser is gone, and the recording is about to end.
      () => {},
    );
  }, LOOK_UP_MS);
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

/** Joins consecutive stretches of samples. A thread's sums continue across stretches, as the system's counters do. */
export function mergeScheduling(stretches: readonly Scheduling[]): Scheduling | null {
  const first = stretches[0];
  if (!first) return null;
  const merged: Scheduling = {
    ...first,
    threads: [],
    samples: { thread: [], atUs: [], ranUs: [], waitedUs: [] },
    system: { atUs: [], busyUs: [] },
  };
  const known = new Map<string, number>();
  for (const { threads, samples, system } of stretches) {
    const indexOf = threads.map((thread) => {
      const key = `${thread.pid}/${thread.tid}`;
      const index = known.get(key) ?? merged.threads.push(thread) - 1;
      known.set(key, index);
      return index;
    });
    for (const thread of samples.thread) merged.samples.thread.push(indexOf[thread]!);
    for (const name of ['atUs', 'ranUs', 'waitedUs'] as const)
      for (const value of samples[name]) merged.samples[name].push(value);
    for (const name of ['atUs', 'busyUs'] as const) for (const value of system?.[name] ?? []) merged.system![name].push(value);
  }
  return merged;
}

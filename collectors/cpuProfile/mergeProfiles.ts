import { readTraceFile } from '../../src/bundle/readTraceFile.js';
import { addEvents } from '../chromeTrace/addEvents.js';
import type { Dropped } from '../chromeTrace/dropPolling.js';
import { profileEvents, type SampledThread } from './profileEvents.js';
import type { ThreadProfile } from './profileThreads.js';

/**
 * Puts the samples of threads into the trace that was recorded beside them, as if Chrome had written them there. Which thread is whose
 * the trace says itself, by the mark that each left in it.
 * @param capturedUrls addresses of the Wasm modules that were captured
 * @param dropsPolling the GPU process’s polling is dropped from the trace in the same pass
 * @returns threads whose samples are in the trace now, how many samples, and what was dropped
 */
export async function mergeProfiles(
  tracePath: string,
  profiles: readonly ThreadProfile[],
  capturedUrls: readonly string[],
  dropsPolling = false,
): Promise<{ readonly threads: number; readonly samples: number; readonly dropped: Dropped | null }> {
  const { userTiming, threads } = (await readTraceFile(tracePath)).tables;
  const threadOf = new Map<string, number>();
  for (let row = 0; row < userTiming.length; row++) {
    threadOf.set(userTiming.columns.name.at(row), userTiming.columns.thread[row]!);
  }
  const sampled = profiles.flatMap(({ mark, profile }): SampledThread[] => {
    const thread = threadOf.get(mark);
    if (thread === undefined) return [];
    return [{ pid: threads.columns.pid[thread]!, tid: threads.columns.tid[thread]!, profile }];
  });
  const changes = sampled.length > 0 || dropsPolling;
  const dropped = changes ? await addEvents(tracePath, profileEvents(sampled, capturedUrls), dropsPolling) : null;
  return { threads: sampled.length, samples: sampled.reduce((sum, { profile }) => sum + profile.samples.length, 0), dropped };
}

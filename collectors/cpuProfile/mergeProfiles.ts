import { readTraceFile } from '../../src/bundle/readTraceFile.js';
import { addEvents } from '../chromeTrace/addEvents.js';
import { profileEvents, type SampledThread } from './profileEvents.js';
import type { ThreadProfile } from './profileThreads.js';

/**
 * Puts the samples of threads into the trace that was recorded beside them, as if Chrome had written them there. Which thread is whose
 * the trace says itself, by the mark that each left in it.
 * @param capturedUrls addresses of the Wasm modules that were captured
 * @returns threads whose samples are in the trace now, and how many samples
 */
export async function mergeProfiles(
  tracePath: string,
  profiles: readonly ThreadProfile[],
  capturedUrls: readonly string[],
): Promise<{ readonly threads: number; readonly samples: number }> {
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
  if (sampled.length > 0) await addEvents(tracePath, profileEvents(sampled, capturedUrls));
  return { threads: sampled.length, samples: sampled.reduce((sum, { profile }) => sum + profile.samples.length, 0) };
}

import { readTraceFile } from '../../src/bundle/readTraceFile.js';
import { addEvents } from '../chromeTrace/addEvents.js';
import { type Dropped, pollingCount } from '../chromeTrace/polling.js';
import { profileEvents, type SampledThread } from './profileEvents.js';
import { SAMPLING_STARTS, type SamplingStart, type ThreadProfile, threadsOfProfiles } from './threadsOfProfiles.js';

export interface MergeOptions {
  /** The GPU process’s polling is dropped from the trace as well. */
  readonly dropsPolling?: boolean;
  /** Processes of pages that were not sampled are dropped as well: they are other tabs of the user's. */
  readonly dropsOtherPages?: boolean;
  /** Events that ended before this time are dropped, µs. */
  readonly fromUs?: number;
}

export interface Merged {
  /** Threads and samples that were added to the trace. */
  readonly threads: number;
  readonly samples: number;
  /** Profiles whose thread is unknown. */
  readonly unknown: number;
  /** Dropped polling events; null if polling was kept. */
  readonly dropped: Dropped | null;
}

/**
 * Adds the samples of threads to the trace that was recorded at the same time, in the form that Chrome would have written.
 * @param capturedUrls addresses of the captured Wasm modules
 */
export async function mergeProfiles(
  tracePath: string,
  profiles: readonly ThreadProfile[],
  capturedUrls: readonly string[],
  { dropsPolling = false, dropsOtherPages = false, fromUs = Number.NEGATIVE_INFINITY }: MergeOptions = {},
): Promise<Merged> {
  const { slices, threads, processes } = (await readTraceFile(tracePath)).tables;
  const starts: SamplingStart[] = [];
  for (let row = 0; row < slices.length; row++) {
    if (slices.columns.name.at(row) !== SAMPLING_STARTS) continue;
    const thread = slices.columns.thread[row]!;
    starts.push({ thread, atUs: slices.columns.startUs[row]!, isMain: isMain(threads.columns.name.at(thread)) });
  }
  const found = threadsOfProfiles(profiles, starts);
  const sampled = profiles.flatMap(({ profile }, i): SampledThread[] => {
    const thread = found[i];
    if (thread === undefined) return [];
    return [{ pid: threads.columns.pid[thread]!, tid: threads.columns.tid[thread]!, profile }];
  });
  const pages = new Set(starts.map(({ thread }) => threads.columns.pid[thread]!));
  const others = new Set<number>();
  for (let row = 0; dropsOtherPages && row < processes.length; row++) {
    const pid = processes.columns.pid[row]!;
    if (/Renderer/.test(processes.columns.name.at(row)) && !pages.has(pid)) others.add(pid);
  }
  const polling = dropsPolling ? pollingCount() : null;
  const cuts = others.size > 0 || Number.isFinite(fromUs);
  if (sampled.length > 0 || polling || cuts) {
    await addEvents(
      tracePath,
      profileEvents(sampled, capturedUrls),
      polling || cuts
        ? (event) =>
            others.has(event.pid) ||
            (event.phase !== 'M' && event.startUs + (event.durationUs || 0) < fromUs) ||
            (polling?.drops(event) ?? false)
        : null,
    );
  }
  return {
    threads: new Set(sampled.map(({ pid, tid }) => `${pid}/${tid}`)).size,
    samples: sampled.reduce((sum, { profile }) => sum + profile.samples.length, 0),
    unknown: found.filter((thread) => thread === undefined).length,
    dropped: polling?.dropped() ?? null,
  };
}

/** Whether a thread of that name is a renderer's main thread; null if the name does not tell. */
function isMain(name: string): boolean | null {
  if (name === 'CrRendererMain') return true;
  return /worker/i.test(name) ? false : null;
}

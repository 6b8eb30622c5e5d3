import { stat } from 'node:fs/promises';
import type { Manifest } from '../src/bundle/manifest.js';
import type { TraceRecording } from './chromeTrace/recordTrace.js';
import { type Merged, type MergeOptions, mergeProfiles } from './cpuProfile/mergeProfiles.js';
import type { ThreadProfiles } from './cpuProfile/profileThreads.js';

/** The trace as stored in the bundle, and the outcome of CPU sampling. */
export interface TraceWithSamples {
  readonly trace: NonNullable<Manifest['trace']>;
  readonly samples: Manifest['collectors'][string];
}

/**
 * Ends a recording, and writes the trace including the CPU samples. If they cannot be merged, the trace is kept without them.
 * @param intervalUs time between two samples of a thread
 * @param capturedUrls addresses of the captured Wasm modules
 */
export async function traceWithSamples(
  recording: TraceRecording,
  path: string,
  { profiles, lost }: ThreadProfiles,
  intervalUs: number,
  capturedUrls: readonly string[],
  options: MergeOptions,
): Promise<TraceWithSamples> {
  const trace = await recording.stop(path);
  try {
    const merged = await mergeProfiles(path, profiles, capturedUrls, options);
    const { size: compressedBytes } = await stat(path);
    return {
      trace: { ...trace, compressedBytes, samplingIntervalUs: intervalUs, dropped: merged.dropped },
      samples: samplesOutcome(merged, lost),
    };
  } catch (error) {
    return { trace, samples: { outcome: 'failed', detail: `no CPU samples: ${(error as Error).message}` } };
  }
}

/**
 * The outcome of sampling, for the manifest.
 * @param lost threads whose samples are lost, each with the reason
 */
function samplesOutcome({ samples, threads, unknown }: Merged, lost: readonly string[]): Manifest['collectors'][string] {
  const lacks = [...lost, ...(unknown > 0 ? [`the trace does not tell which threads ${unknown} profiles are of`] : [])];
  if (threads === 0)
    return { outcome: 'failed', detail: lacks.length > 0 ? [...new Set(lacks)].join('; ') : 'no thread was sampled' };
  const counts = `${samples} samples of ${threads} threads`;
  return { outcome: 'done', detail: lacks.length > 0 ? `${counts}; lost those of ${lacks.length}: ${lacks[0]}` : counts };
}

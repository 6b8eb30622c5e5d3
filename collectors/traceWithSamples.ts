import { stat } from 'node:fs/promises';
import type { Manifest } from '../src/bundle/manifest.js';
import type { TraceRecording } from './chromeTrace/recordTrace.js';
import { type MergeOptions, mergeProfiles } from './cpuProfile/mergeProfiles.js';
import type { ThreadProfiles } from './cpuProfile/profileThreads.js';
import { samplesOutcome } from './cpuProfile/samplesOutcome.js';

/** The trace as it lies in the bundle, and what came of the CPU samples. */
export interface TraceWithSamples {
  readonly trace: NonNullable<Manifest['trace']>;
  readonly samples: Manifest['collectors'][string];
}

/**
 * Ends a recording, and writes the trace with the CPU samples in it. The trace without them is there first, and stays if they cannot be had.
 * @param intervalUs time between two samples of a thread
 * @param capturedUrls addresses of the Wasm modules that were captured
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

import { stat } from 'node:fs/promises';
import type { Manifest } from '../src/bundle/manifest.js';
import { recordTrace } from './chromeTrace/recordTrace.js';
import { mergeProfiles } from './cpuProfile/mergeProfiles.js';
import { profileThreads } from './cpuProfile/profileThreads.js';
import { samplesOutcome } from './cpuProfile/samplesOutcome.js';
import type { ProtocolSession } from './protocolSession.js';

type Outcome = Manifest['collectors'][string];

export interface RunRecording {
  /**
   * Ends recording, and writes the trace with the CPU samples in it, and without the polling of the GPU process. The trace without them is there first, and stays if they cannot be had.
   * @param capturedUrls addresses of the Wasm modules that were captured
   */
  stop(
    path: string,
    capturedUrls: readonly string[],
  ): Promise<{ readonly trace: NonNullable<Manifest['trace']>; readonly samples: Outcome }>;
}

/**
 * Starts recording a page that is still blank: Chrome's trace of all processes, and CPU samples of the page and its workers.
 * @param intervalUs time between two samples of a thread
 */
export async function recordRun(page: ProtocolSession, usesGpu: boolean, intervalUs: number): Promise<RunRecording> {
  const recording = await recordTrace(page, usesGpu);
  const profiler = await profileThreads(page, intervalUs);
  return {
    async stop(path, capturedUrls) {
      const { profiles, lost } = await profiler.stop();
      const trace = await recording.stop(path);
      try {
        const merged = await mergeProfiles(path, profiles, capturedUrls, { dropsPolling: usesGpu });
        return {
          trace: {
            ...trace,
            compressedBytes: (await stat(path)).size,
            samplingIntervalUs: intervalUs,
            dropped: merged.dropped,
          },
          samples: samplesOutcome(merged, lost),
        };
      } catch (error) {
        return { trace, samples: { outcome: 'failed', detail: `no CPU samples: ${(error as Error).message}` } };
      }
    },
  };
}

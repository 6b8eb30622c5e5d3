import { categoriesOf, recordTrace } from './chromeTrace/recordTrace.js';
import { profileThreads } from './cpuProfile/profileThreads.js';
import type { ProtocolSession } from './protocolSession.js';
import { type TraceWithSamples, traceWithSamples } from './traceWithSamples.js';

export interface RunRecording {
  /**
   * Ends recording, and writes the trace with the CPU samples and without the GPU process's polling.
   * @param capturedUrls addresses of the captured Wasm modules
   */
  stop(path: string, capturedUrls: readonly string[]): Promise<TraceWithSamples>;
}

/**
 * Starts recording a page that is still blank: Chrome's trace of all processes, and CPU samples of the page and its workers.
 * @param intervalUs time between two samples of a thread
 */
export async function recordRun(page: ProtocolSession, usesGpu: boolean, intervalUs: number): Promise<RunRecording> {
  const recording = await recordTrace(page, categoriesOf(usesGpu));
  const profiler = await profileThreads(page, intervalUs);
  return {
    async stop(path, capturedUrls) {
      const profiles = await profiler.stop();
      return traceWithSamples(recording, path, profiles, intervalUs, capturedUrls, { dropsPolling: usesGpu });
    },
  };
}

import { categoriesOf, recordTrace } from './chromeTrace/recordTrace.js';
import type { CpuProfile } from './cpuProfile/cpuProfile.js';
import { profileThreads } from './cpuProfile/profileThreads.js';
import type { ProtocolSession } from './protocolSession.js';
import { type TraceWithSamples, traceWithSamples } from './traceWithSamples.js';

export interface RunRecording {
  /**
   * Ends recording, and writes the trace with the CPU samples and without the GPU process's polling.
   * @param capturedUrls addresses of the captured Wasm modules
   */
  stop(path: string, capturedUrls: readonly string[]): Promise<SampledTrace>;
}

export interface SampledTrace extends TraceWithSamples {
  /** Columns of the functions that were sampled: of Wasm functions their byte offsets in the module. */
  readonly sampledAt: ReadonlySet<number>;
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
      const written = await traceWithSamples(recording, path, profiles, intervalUs, capturedUrls, { dropsPolling: usesGpu });
      return { ...written, sampledAt: new Set(profiles.profiles.flatMap(({ profile }) => innermostColumns(profile))) };
    },
  };
}

function innermostColumns({ nodes, samples }: CpuProfile): number[] {
  const columns = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.columnNumber]));
  return [...new Set(samples)].flatMap((id) => columns.get(id) ?? []);
}

import type { Manifest } from '../src/bundle/manifest.js';
import type { CollectOptions } from './collectOptions.js';
import type { Workload } from './harness/protocol.js';

/** What the page is asked for when nothing is recorded; what a pass records besides, it asks for itself. */
export function plainWorkload(options: CollectOptions, { id, workload }: Manifest): Workload {
  const { framework, backend, threads, simd, model } = options;
  return {
    runId: id,
    framework,
    backend,
    threads,
    simd,
    inputs: workload.inputs,
    externalData: model.externalData.map(({ location }) => location),
    captureModules: false,
    recordGpu: false,
    profileOperators: false,
    watchMemory: false,
  };
}

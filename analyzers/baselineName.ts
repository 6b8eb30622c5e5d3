import type { Baseline } from '../src/bundle/manifest.js';

/** What native was: "onnxruntime-node 1.30.0, CPU, 2 threads". A GPU has threads of its own, so none are named. */
export function baselineName({ runtime, provider, threads }: Pick<Baseline, 'runtime' | 'provider' | 'threads'>): string {
  return provider === 'webgpu' ? runtime : `${runtime}, ${threads} thread${threads === 1 ? '' : 's'}`;
}

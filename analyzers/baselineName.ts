import type { Baseline } from '../src/bundle/manifest.js';

/**
 * What native was: "onnxruntime-node 1.30.0, CPU, 2 threads". A GPU has threads of its own, so none are named. Those of tfjs-node are what
 * it was given, for it does not tell what it took.
 */
export function baselineName({
  runtime,
  provider,
  library,
  threads,
}: Pick<Baseline, 'runtime' | 'provider' | 'library' | 'threads'>): string {
  const given = library === 'tensorflow' ? 'given ' : '';
  return provider === 'webgpu' ? runtime : `${runtime}, ${given}${threads} thread${threads === 1 ? '' : 's'}`;
}

import type { Configuration } from './studyAnalysis.js';

/** The factors of a cell without its model, so that cells that differ in nothing else can be gathered. */
export function configuration({ framework, backend, threads, simd, on }: Configuration): Configuration {
  return { framework, backend, threads, simd, on };
}

import type { Configuration } from './studyAnalysis.js';

/** Whether two cells differ in nothing but their model. */
export function sameConfiguration(a: Configuration, b: Configuration): boolean {
  return a.framework === b.framework && a.backend === b.backend && a.threads === b.threads && a.simd === b.simd && a.on === b.on;
}

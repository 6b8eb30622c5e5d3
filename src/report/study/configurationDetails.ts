import type { Configuration } from '../../../analyzers/study/studyAnalysis.js';
import { formatPlural } from '../../view/format.js';

/** The other factors, as far as the backend has them: "2 threads, without SIMD, on the main thread". A worker goes without saying. */
export function configurationDetails({ backend, threads, simd, on }: Configuration): string {
  return [
    ...(backend === 'wasm' ? [formatPlural(threads, 'thread')] : []),
    ...(simd === false ? ['without SIMD'] : []),
    ...(on === 'main' ? ['on the main thread'] : []),
  ].join(', ');
}

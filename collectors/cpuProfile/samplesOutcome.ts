import type { Manifest } from '../../src/bundle/manifest.js';
import type { Merged } from './mergeProfiles.js';

/**
 * What sampling came to, for the manifest.
 * @param lost threads whose samples are lost, each with the reason
 */
export function samplesOutcome({ samples, threads, unknown }: Merged, lost: readonly string[]): Manifest['collectors'][string] {
  const lacks = [...lost, ...(unknown > 0 ? [`the trace does not tell which threads ${unknown} profiles are of`] : [])];
  if (threads === 0)
    return { outcome: 'failed', detail: lacks.length > 0 ? [...new Set(lacks)].join('; ') : 'no thread was sampled' };
  const counts = `${samples} samples of ${threads} threads`;
  return { outcome: 'done', detail: lacks.length > 0 ? `${counts}; lost those of ${lacks.length}: ${lacks[0]}` : counts };
}

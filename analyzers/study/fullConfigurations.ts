import { byConfiguration } from './byConfiguration.js';
import type { CellFacts, Configuration } from './studyAnalysis.js';

/**
 * Of each framework and backend the one configuration to quote first: with SIMD, the most threads, and in a worker rather than on
 * the main thread; so did the paper, which has SIMD and threads on. In the order in which the study names them.
 */
export function fullConfigurations(cells: readonly CellFacts[]): Configuration[] {
  const best = new Map<string, Configuration>();
  for (const { configuration } of byConfiguration(cells.map((cell) => ({ cell })))) {
    const key = `${configuration.framework} ${configuration.backend}`;
    const known = best.get(key);
    if (!known || rank(configuration) > rank(known)) best.set(key, configuration);
  }
  return [...best.values()];
}

const rank = ({ simd, threads, on }: Configuration): number =>
  (simd === false ? 0 : 1e9) + threads * 2 + (on === 'worker' ? 1 : 0);

import type { Study } from '../../src/bundle/study.js';
import { random } from '../../src/stats/random.js';
import { shuffled } from '../../src/stats/shuffled.js';

/** All runs of a study: each cell once in every round, in an order drawn anew, so that a drift of the machine falls on all cells alike. */
export function orderOfRuns(cells: readonly { readonly id: string }[], rounds: number, seed: number): Study['order'] {
  const next = random(seed);
  return Array.from({ length: rounds }, (_, round) => shuffled(cells, next).map(({ id }) => ({ cell: id, round }))).flat();
}

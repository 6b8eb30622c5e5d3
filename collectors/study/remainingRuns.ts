import type { Study } from '../../src/bundle/study.js';

/**
 * What is still to be run, in order: what has not ended, without the later rounds of a cell that failed in the first, since what
 * keeps it from running then (an operator that is missing, too little memory) does so again.
 */
export function remainingRuns({ order, runs }: Pick<Study, 'order' | 'runs'>): Study['order'] {
  const ended = new Set(runs.map(({ cell, round }) => `${cell} ${round}`));
  const hopeless = new Set(runs.filter(({ round, outcome }) => round === 0 && outcome === 'failed').map(({ cell }) => cell));
  return order.filter(({ cell, round }) => !ended.has(`${cell} ${round}`) && !hopeless.has(cell));
}

import type { Manifest } from '../src/bundle/manifest.js';

type Ladder = NonNullable<Manifest['ladder']>;

/** The rungs that lead from native to the page as used, bottom first: without those that run beside them. */
export function ladderChain({ rungs }: Ladder): Ladder['rungs'] {
  return rungs.filter(({ side }) => !side);
}

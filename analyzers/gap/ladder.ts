import type { Manifest } from '../../src/bundle/manifest.js';

/** Runs from native to the page as used, one factor apart, and those beside them. */
export type Ladder = NonNullable<Manifest['ladder']>;
export type Rung = Ladder['rungs'][number];

/** The rungs that lead from native to the page as used, bottom first, without the side runs. */
export function ladderChain({ rungs }: Ladder): Ladder['rungs'] {
  return rungs.filter(({ side }) => !side);
}

/**
 * The chain that the gap is made of, bottom first: from native with as many threads as the page has, which is what native means
 * everywhere, to the page as used. `below` are the native rungs under it, such as native with all cores.
 */
export function gapChain(ladder: Ladder): { readonly chain: Ladder['rungs']; readonly below: Ladder['rungs'] } {
  const all = ladderChain(ladder);
  const from = Math.max(
    0,
    all.findLastIndex(({ runtime }, place) => runtime === 'native' && place < all.length - 1),
  );
  return { chain: all.slice(from), below: all.slice(0, from) };
}

/** Every latency that was measured on a rung of the ladder, ms. */
export function samplesOf({ replicates }: Ladder, rung: string): number[] {
  return replicates.flatMap(({ rounds }) =>
    rounds.flatMap((round) => round.flatMap((entry) => (entry.rung === rung ? entry.ms : []))),
  );
}

/** The replicates in which these rungs ran. Side runs are not in all replicates. */
export function replicatesWith({ replicates }: Ladder, ids: readonly string[]): Ladder['replicates'] {
  return replicates.filter(({ rounds }) =>
    ids.every((id) => rounds.some((round) => round.some(({ rung, ms }) => rung === id && ms.length > 0))),
  );
}

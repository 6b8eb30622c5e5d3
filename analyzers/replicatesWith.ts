import type { Manifest } from '../src/bundle/manifest.js';

type Ladder = NonNullable<Manifest['ladder']>;

/** The replicates in whose every round these rungs ran: those beside the chain are not in all. */
export function replicatesWith({ replicates }: Ladder, ids: readonly string[]): Ladder['replicates'] {
  return replicates.filter(({ rounds }) =>
    rounds.every((round) => ids.every((id) => round.some(({ rung, ms }) => rung === id && ms.length > 0))),
  );
}

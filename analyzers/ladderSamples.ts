import type { Manifest } from '../src/bundle/manifest.js';

/** Every latency that a rung of the ladder took, ms. */
export function samplesOf({ replicates }: NonNullable<Manifest['ladder']>, rung: string): number[] {
  return replicates.flatMap(({ rounds }) =>
    rounds.flatMap((round) => round.flatMap((entry) => (entry.rung === rung ? entry.ms : []))),
  );
}

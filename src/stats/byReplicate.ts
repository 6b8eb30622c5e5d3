import type { Replicated } from './replicatedMedian.js';

/** Groups the rounds of a timing pass by the replicate that they belong to, in order. */
export function byReplicate<R extends { readonly replicate: number }, T>(
  rounds: readonly R[],
  observations: (round: R) => readonly T[],
): Replicated<T> {
  const groups = new Map<number, (readonly T[])[]>();
  for (const round of rounds) {
    const group = groups.get(round.replicate) ?? [];
    group.push(observations(round));
    groups.set(round.replicate, group);
  }
  return [...groups.values()];
}

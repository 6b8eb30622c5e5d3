import { distance } from 'fastest-levenshtein';

/**
 * The name that was probably meant by one that does not exist; null where none is near. What only lacks its end is meant rather
 * than what differs in as many letters.
 */
export function nearest(typed: string, known: readonly string[]): string | null {
  const found = known
    .map((candidate) => ({ candidate, begun: Number(candidate.startsWith(typed)), edits: distance(typed, candidate) }))
    .filter(({ candidate, begun, edits }) => begun === 1 || edits <= Math.max(2, candidate.length / 2))
    .sort((a, b) => b.begun - a.begun || a.edits - b.edits)[0];
  return found?.candidate ?? null;
}

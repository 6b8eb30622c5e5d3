/** Observations that count as one group for an interval: those made right after each other share what the machine was doing then. */
const ROUND = 5;

/** Splits observations, in the order in which they were made, into groups for a bootstrap. */
export function inRounds<T>(observations: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(observations.length / ROUND) }, (_, i) => observations.slice(i * ROUND, (i + 1) * ROUND));
}

/** Observations that count as one group for an interval: those made right after each other share what the machine was doing then. */
const ROUND = 5;

/** With fewer observations there would be too few rounds to draw from, and each is one of its own. */
const FOR_ROUNDS = 25;

/** Splits observations, in the order in which they were made, into groups for a bootstrap. */
export function inRounds<T>(observations: readonly T[]): T[][] {
  const size = observations.length < FOR_ROUNDS ? 1 : ROUND;
  return Array.from({ length: Math.ceil(observations.length / size) }, (_, i) => observations.slice(i * size, (i + 1) * size));
}

/** Below this confidence it is worth to mark inferences. */
export const SURE = 0.7;
/** Below this confidence it is a guess which stretches of time are inferences. */
export const GUESS = 0.5;

/** "0.58 of 1" */
export function formatConfidence(confidence: number | null): string {
  return confidence === null ? 'unknown' : `${confidence.toFixed(2)} of 1`;
}

/** Enough windows for an interval, few enough that the trace stays small. */
const WANTED_MS = 4000;
const LEAST = 10;
const MOST = 60;
/** Where predictions take seconds, the least is too many: nobody waits minutes for one pass of several. */
const BUDGET_MS = 20_000;
const LEAST_SLOW = 3;

/**
 * How many predictions are recorded where nobody said.
 * @param latencyMs of a prediction when nothing is recorded
 */
export function tracedIterations(latencyMs: number): number {
  const wanted = Math.max(LEAST, Math.min(MOST, Math.round(WANTED_MS / latencyMs)));
  return Math.min(wanted, Math.max(LEAST_SLOW, Math.floor(BUDGET_MS / latencyMs)));
}

/**
 * Each sample costs a wake-up of the thread's sampler and an interruption of the thread, asleep or not, and a pool has many threads: ten
 * of them take some 12 % of a core at the least interval, 18 % at half of it, and 62 % at the trace's own.
 */
const LEAST_US = 2000;
/** Beyond it, a whole call of the GPU's API falls between two samples. */
const MOST_US = 10_000;
/** Of each thread in one prediction; the several predictions of a trace pass have as many times that. */
const SAMPLES_PER_PREDICTION = 200;

/**
 * Time between two samples of a thread, µs, so that a cause has its share from a thousand samples and more, and a prediction of seconds
 * is not disturbed more often than that needs. `npm run bench -- observerEffect` measures what it costs.
 * @param latencyMs of a prediction when nothing is recorded
 */
export function samplingIntervalUs(latencyMs: number): number {
  return Math.round(Math.max(LEAST_US, Math.min(MOST_US, (latencyMs * 1000) / SAMPLES_PER_PREDICTION)));
}

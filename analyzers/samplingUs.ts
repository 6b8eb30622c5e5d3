/** Enough for a median, however long the trace is. */
const DISTANCES = 20_000;
/**
 * V8 takes a sample of its own for each console.timeStamp and performance.mark, and its sampler never comes that often: a page that marks
 * without end would seem to be sampled a hundred times as often as it is.
 */
const LEAST_US = 50;

/**
 * Time between two samples of a thread, µs: the median distance of neighbouring ones; where no sampler makes that, of those that
 * one may. NaN for fewer
 * than two samples.
 * @param at sorted
 */
export function samplingUs(at: Float64Array): number {
  if (at.length < 2) return Number.NaN;
  const step = Math.ceil((at.length - 1) / DISTANCES);
  const distances: number[] = [];
  for (let i = 0; i + 1 < at.length; i += step) distances.push(at[i + 1]! - at[i]!);
  const distanceUs = medianOf(distances);
  if (distanceUs >= LEAST_US) return distanceUs;
  const told = distances.filter((us) => us >= LEAST_US);
  return told.length > 0 ? medianOf(told) : distanceUs;
}

function medianOf(values: readonly number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1]!;
}

import type { Readings } from './readings.js';

/** The readings on a time axis that has all of their times: null at those of others. Of two at the same time the higher counts. */
export function onAxis({ atMs, bytes }: Readings, axisMs: readonly number[]): (number | null)[] {
  const placeOf = new Map(axisMs.map((at, place) => [at, place]));
  const values = new Array<number | null>(axisMs.length).fill(null);
  atMs.forEach((at, row) => {
    const place = placeOf.get(at)!;
    values[place] = Math.max(values[place] ?? 0, bytes[row] ?? 0);
  });
  return values;
}

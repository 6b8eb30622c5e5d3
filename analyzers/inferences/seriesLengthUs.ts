import type { ThreadSeries } from './threadSeries.js';

/** How much time a series takes, µs. */
export function seriesLengthUs({ spans }: Pick<ThreadSeries, 'spans'>): number {
  return spans.reduce((sum, { startUs, endUs }) => sum + endUs - startUs, 0);
}

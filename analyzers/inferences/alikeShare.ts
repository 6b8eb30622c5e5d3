import { median } from 'simple-statistics';

/** Lengths that differ by more are not alike. */
const ALIKE = 2;

/** The part of what was found that is about as long as the median of it. */
export function alikeShare(spans: readonly { readonly startUs: number; readonly endUs: number }[]): number {
  const lengths = spans.map(({ startUs, endUs }) => endUs - startUs);
  const middle = median(lengths);
  return lengths.filter((us) => us <= ALIKE * middle && us >= middle / ALIKE).length / lengths.length;
}

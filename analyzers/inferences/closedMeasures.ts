import type { Trace } from '../../src/trace/trace.js';

/**
 * Rows of the user timing that has an end and a length. Times past 2⁵³ µs are none: doubles cannot tell parts of them; and a page may
 * claim times that had not come when it did.
 * @param untilUs when recording ended, if that is known: what ends after it was made up
 */
export function* closedMeasures(trace: Trace, untilUs = Number.MAX_SAFE_INTEGER): Generator<number> {
  const { columns, length } = trace.tables.userTiming;
  for (let row = 0; row < length; row++) {
    const startUs = columns.startUs[row]!;
    const endUs = startUs + columns.durationUs[row]!;
    const hasLength = columns.unclosed[row] === 0 && startUs < endUs;
    const isTime = startUs >= Number.MIN_SAFE_INTEGER && endUs <= untilUs;
    if (hasLength && isTime && columns.kind.at(row) !== 'mark') yield row;
  }
}

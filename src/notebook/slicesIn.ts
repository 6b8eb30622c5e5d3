import type { ColumnTable } from 'arquero';
import { numbers, tableIn } from './columns.js';
import type { Tables } from './tables.js';
import { type TimedWindow, threadName } from './windows.js';

/**
 * The slices that lie in a window, in whole or in part, of every thread and process: the rows of the table slices, and beside them
 * `threadName`, `startMs` (since the window began; negative if earlier) and `insideMs` (the part of its wall time in the window).
 * @param thread row of threads, for the slices of one thread: `window.thread` is the owner
 */
export function slicesIn(
  run: Tables<'slices' | 'threads'>,
  window: Pick<TimedWindow, 'startUs' | 'endUs'>,
  { thread: wanted }: { readonly thread?: number } = {},
): ColumnTable {
  const slices = asRead(tableIn(run, 'slices'));
  const threads = tableIn(run, 'threads');
  const [thread, startUs, durationUs] = [numbers(slices, 'thread'), numbers(slices, 'startUs'), numbers(slices, 'durationUs')];
  const rows: number[] = [];
  for (let row = 0; row < slices.totalRows(); row++) {
    const isInside = startUs[row]! < window.endUs && startUs[row]! + durationUs[row]! > window.startUs;
    if (isInside && (wanted === undefined || thread[row] === wanted)) rows.push(row);
  }
  const insideUs = (row: number): number =>
    Math.min(startUs[row]! + durationUs[row]!, window.endUs) - Math.max(startUs[row]!, window.startUs);
  const names = new Map<number, string>();
  const nameOf = (row: number): string => {
    const name = names.get(row) ?? threadName(threads, row);
    names.set(row, name);
    return name;
  };
  return slices.reify(rows).assign({
    threadName: rows.map((row) => nameOf(thread[row]!)),
    startMs: Float64Array.from(rows, (row) => (startUs[row]! - window.startUs) / 1000),
    insideMs: Float64Array.from(rows, (row) => insideUs(row) / 1000),
  });
}

/** A table whose rows can be asked for by number; a filtered or ordered one is copied. */
export function asRead(table: ColumnTable): ColumnTable {
  return table.isFiltered() || table.isOrdered() ? table.reify() : table;
}

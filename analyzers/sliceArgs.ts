import type { Trace } from '../src/trace/trace.js';

/** Values of one arg of slices, by row of slices; numbers or texts as the trace has them. */
export function sliceArgs(trace: Trace, key: string, of: 'text'): ReadonlyMap<number, string>;
export function sliceArgs(trace: Trace, key: string, of: 'number'): ReadonlyMap<number, number>;
export function sliceArgs(trace: Trace, key: string, of: 'text' | 'number'): ReadonlyMap<number, string | number> {
  const { columns, length } = trace.tables.args;
  const wantedKey = columns.key.strings.indexOf(key);
  const slices = columns.table.strings.indexOf('slices');
  const found = new Map<number, string | number>();
  if (wantedKey < 0 || slices < 0) return found;
  for (let row = 0; row < length; row++) {
    if (columns.key.codes[row] !== wantedKey || columns.table.codes[row] !== slices) continue;
    found.set(columns.row[row]!, of === 'text' ? columns.text.at(row) : columns.number[row]!);
  }
  return found;
}

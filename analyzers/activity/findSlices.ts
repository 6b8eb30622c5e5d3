import type { Trace } from '../../src/trace/trace.js';
import { rowsOfThread } from './search.js';
import type { Span } from './spans.js';

/** A slice that has a meaning to the caller. */
export interface FoundSlice<T> extends Span<T> {
  /** Row of slices. */
  readonly row: number;
  /** True if the slice lies in one of the same value, with one of another value between. Its time is part of the outer one's. */
  readonly isPart: boolean;
}

/** What a slice of that name means to the caller; null if nothing. */
export type SliceMeaning<T> = (name: string) => T | null;

/**
 * Finds the slices of some threads whose names have a meaning. They are sorted by start, outermost first, as `flatten` takes
 * them. A slice directly inside one of the same value is left out, and so are threads without such slices.
 * @param meaning called once per name
 * @param place value of a slice, by its meaning and by the value of the slice around it, if any
 * @returns slices by row of threads
 */
export function findSlices<M, T>(
  trace: Trace,
  threads: readonly number[],
  meaning: SliceMeaning<M>,
  place: (meaning: M, around: T | null, row: number) => T,
): Map<number, FoundSlice<T>[]> {
  const { columns } = trace.tables.slices;
  const meaningOf = byName(columns.name, meaning);
  const result = new Map<number, FoundSlice<T>[]>();
  for (const thread of threads) {
    const found: FoundSlice<T>[] = [];
    const open: FoundSlice<T>[] = [];
    const [from, to] = rowsOfThread(columns.thread, thread);
    for (let row = from; row < to; row++) {
      const means = meaningOf(row);
      if (means === null) continue;
      const startUs = columns.startUs[row]!;
      const endUs = startUs + columns.durationUs[row]!;
      if (!(endUs > startUs)) continue;
      while (open.length > 0 && open.at(-1)!.endUs <= startUs) open.pop();
      const around = open.at(-1)?.value ?? null;
      const value = place(means, around, row);
      // It adds nothing to the slice around it.
      if (value === around) continue;
      const slice = { row, startUs, endUs, value, isPart: isInside(open, value) };
      open.push(slice);
      found.push(slice);
    }
    if (found.length > 0) result.set(thread, found);
  }
  return result;
}

function isInside<T>(open: readonly FoundSlice<T>[], value: T): boolean {
  for (const around of open) if (around.value === value) return true;
  return false;
}

/** A column of names: a code per row, and the text of each code. */
interface Names {
  readonly codes: ArrayLike<number>;
  readonly strings: readonly string[];
}

/** Meaning of each row by its name. It is computed once per name, as many rows share few names. */
export function byName<T>({ codes, strings }: Names, meaning: (name: string) => T): (row: number) => T {
  const known = new Map<number, T>();
  return (row) => {
    const code = codes[row]!;
    if (!known.has(code)) known.set(code, meaning(strings[code]!));
    return known.get(code)!;
  };
}

/** Values of one argument, by row of slices, as numbers or as texts. Slices without it are left out. */
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

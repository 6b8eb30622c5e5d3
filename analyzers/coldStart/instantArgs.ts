import type { Trace } from '../../src/trace/trace.js';

/** The args of one event of which several may be, by path; of an array one value for each element. */
export type Args = ReadonlyMap<string, readonly string[]>;

/** One event without a length. */
export interface Instant {
  readonly thread: number;
  readonly name: string;
  readonly atUs: number;
  readonly args: Args;
}

/** The instants with one of these names and their args, by time. */
export function instantsOf(trace: Trace, wanted: ReadonlySet<string>): Instant[] {
  const { instants, args } = trace.tables;
  const { name, thread, atUs } = instants.columns;
  const isWanted = name.strings.map((each) => wanted.has(each));
  const found = new Map<number, Omit<Instant, 'args'> & { readonly args: Map<string, string[]> }>();
  for (let row = 0; row < instants.length; row++) {
    if (!isWanted[name.codes[row]!]) continue;
    found.set(row, { thread: thread[row]!, name: name.at(row), atUs: atUs[row]!, args: new Map() });
  }
  const { table, row: rowOf, key, text } = args.columns;
  const code = table.strings.indexOf('instants');
  for (let row = 0; row < args.length; row++) {
    const own = table.codes[row] === code ? found.get(rowOf[row]!) : undefined;
    if (!own) continue;
    const values = own.args.get(key.at(row));
    if (values) values.push(text.at(row));
    else own.args.set(key.at(row), [text.at(row)]);
  }
  return [...found.values()].sort((a, b) => a.atUs - b.atUs);
}

/** The first value at a path; null if there is none. */
export const textOf = ({ args }: Instant, path: string): string | null => args.get(path)?.[0] ?? null;

/** The same as a number. */
export function numberOf(instant: Instant, path: string): number | null {
  const text = textOf(instant, path);
  const number = text === null || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}

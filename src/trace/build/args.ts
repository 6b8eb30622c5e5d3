import type { SchemaArrays } from '../../table/fromArrays.js';
import { GrowingRows } from '../../table/growingRows.js';
import type { MemoryBudget } from '../../table/memoryBudget.js';
import { reorder } from '../../table/reorder.js';
import { sortedOrder } from '../../table/sortedOrder.js';
import { keptArgsOf } from '../keptArgs.js';
import type { traceSchema } from '../schema.js';
import * as byte from '../text/bytes.js';
import type { Scanner } from '../text/scanner.js';
import type { StringTable } from '../text/stringTable.js';
import type { TraceEvent } from '../text/traceEvent.js';

/** What an arg belongs to: rows as read of these, which become rows of the tables named. */
export const owners = ['slices', 'sliceEnds', 'asyncSlices', 'instants'] as const;
const tableOf = ['slices', 'slices', 'asyncSlices', 'instants'] as const;
export const [ofSlice, ofSliceEnd, ofAsync, ofInstant] = [0, 1, 2, 3] as const;

interface KeptPath {
  /** Code of the path as written. */
  readonly key: number;
  readonly steps: readonly string[];
}

const shape = { owner: 'u8', row: 'u32', key: 'dict', text: 'dict', number: 'f64' } as const;

/** The table `args`. */
export class Args {
  readonly #rows: GrowingRows<typeof shape>;
  readonly #scanner: Scanner;
  readonly #strings: StringTable;
  /** By code of the event name: what to keep, null for nothing; a hole until the name is first seen. */
  readonly #kept: (readonly KeptPath[] | null)[] = [];

  constructor(scanner: Scanner, strings: StringTable, budget: MemoryBudget) {
    this.#rows = new GrowingRows(shape, budget);
    this.#scanner = scanner;
    this.#strings = strings;
  }

  /** Keeps what `keptArgsOf` names of the event's args; `row` is the row as read of its owner. */
  keep(owner: number, row: number, event: TraceEvent): true {
    const kept = this.#kept[event.name];
    if (kept === null || event.args < 0) return true;
    for (const { key, steps } of kept ?? this.#learn(event.name)) this.#collect(owner, row, key, steps, 0, event.args);
    return true;
  }

  /** @param rowOf per owner, the row of its table by row as read */
  finish(rowOf: readonly Int32Array[]): SchemaArrays<typeof traceSchema.args> {
    const { owner, row, key, text, number } = this.#rows.finish();
    const table = Int32Array.from(owner, (value) => owners.indexOf(tableOf[value]!));
    const finalRow = Float64Array.from(row, (value, i) => rowOf[owner[i]!]![value]!);
    // Args of an end that closed nothing have no row to belong to.
    // What the end of a slice says comes after what its begin says.
    const beginFirst = Float64Array.from(owner, (value) => (value === ofSliceEnd ? 0 : 1));
    const sorted = sortedOrder({ group: table, groups: owners.length, key: finalRow, longerFirst: beginFirst });
    const order = sorted.order.filter((i) => finalRow[i]! >= 0);
    return {
      table: Uint32Array.from(order, (i) => this.#strings.of(tableOf[owner[i]!]!)),
      row: Uint32Array.from(order, (i) => finalRow[i]!),
      ...reorder({ key, text, number }, order),
    };
  }

  #learn(name: number): readonly KeptPath[] {
    const paths = keptArgsOf(this.#strings.strings[name]!);
    const kept = paths.map((path) => ({ key: this.#strings.of(path), steps: path.replaceAll('[]', '.[]').split('.') }));
    this.#kept[name] = kept.length > 0 ? kept : null;
    return kept;
  }

  /** Recursion is as deep as the path, not as the input. */
  #collect(owner: number, row: number, key: number, steps: readonly string[], step: number, at: number): void {
    const scanner = this.#scanner;
    if (at < 0) return;
    if (step === steps.length) {
      this.#push(owner, row, key, at);
    } else if (steps[step] !== '[]') {
      this.#collect(owner, row, key, steps, step + 1, scanner.find(at, steps[step]!));
    } else if (scanner.bytes[at] === byte.openBracket) {
      for (let element = scanner.nextElement(at + 1); element >= 0; ) {
        this.#collect(owner, row, key, steps, step + 1, element);
        element = scanner.nextElement(scanner.skipValue(element));
      }
    }
  }

  #push(owner: number, row: number, key: number, value: number): void {
    const at = this.#rows.next();
    const { columns } = this.#rows;
    columns.owner[at] = owner;
    columns.row[at] = row;
    columns.key[at] = key;
    columns.text[at] = this.#strings.readText(this.#scanner, value);
    columns.number[at] = this.#scanner.number(value);
  }
}

import type { SchemaArrays } from '../../table/fromArrays.js';
import { GrowingRows } from '../../table/growingRows.js';
import type { MemoryBudget } from '../../table/memoryBudget.js';
import { reorder } from '../../table/reorder.js';
import { sortedOrder } from '../../table/sortedOrder.js';
import type { traceSchema } from '../schema.js';
import { openBrace } from '../text/bytes.js';
import type { Scanner } from '../text/scanner.js';
import type { StringTable } from '../text/stringTable.js';
import type { TraceEvent } from '../text/traceEvent.js';

const shape = { thread: 'i32', name: 'dict', series: 'dict', atUs: 'f64', value: 'f64' } as const;

/** The table `counters`: every key of the args of a C event whose value is a number is a row. */
export class Counters {
  readonly #rows: GrowingRows<typeof shape>;
  readonly #scanner: Scanner;
  readonly #strings: StringTable;

  constructor(scanner: Scanner, strings: StringTable, budget: MemoryBudget) {
    this.#rows = new GrowingRows(shape, budget);
    this.#scanner = scanner;
    this.#strings = strings;
  }

  /** False if the event has no such key. */
  add(event: TraceEvent, thread: number): boolean {
    const scanner = this.#scanner;
    const before = this.#rows.length;
    if (scanner.bytes[event.args] !== openBrace) return false;
    for (let at = scanner.nextKey(event.args + 1); at >= 0; at = scanner.nextKey(scanner.at)) {
      const key = scanner.keyStart - 1;
      const value = scanner.number(at);
      const after = scanner.at;
      if (!Number.isNaN(value)) this.#push(event, thread, this.#strings.read(scanner, key), value);
      scanner.at = after;
    }
    return this.#rows.length > before;
  }

  finish(): SchemaArrays<typeof traceSchema.counters> {
    const columns = this.#rows.finish();
    return reorder(columns, sortedOrder({ key: columns.atUs }).order);
  }

  #push(event: TraceEvent, thread: number, series: number, value: number): void {
    const at = this.#rows.next();
    const { columns } = this.#rows;
    columns.thread[at] = thread;
    columns.name[at] = event.name;
    columns.series[at] = series;
    columns.atUs[at] = event.ts;
    columns.value[at] = value;
  }
}

import type { SchemaArrays } from '../../table/fromArrays.js';
import { permuted } from '../../table/permuted.js';
import { RowBlocks } from '../../table/rowBlocks.js';
import { sortedOrder } from '../../table/sortedOrder.js';
import type { traceSchema } from '../schema.js';
import { openBrace } from '../text/bytes.js';
import type { Scanner } from '../text/scanner.js';
import type { StringTable } from '../text/stringTable.js';
import type { TraceEvent } from '../text/traceEvent.js';

/** The table `counters`: every key of the args of a C event whose value is a number is a row. */
export class Counters {
  readonly #rows = new RowBlocks({ thread: 'i32', name: 'dict', series: 'dict', atUs: 'f64', value: 'f64' } as const);
  readonly #scanner: Scanner;
  readonly #strings: StringTable;

  constructor(scanner: Scanner, strings: StringTable) {
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
    const atUs = this.#rows.take('atUs');
    const { order } = sortedOrder({ key: atUs });
    return {
      thread: permuted(this.#rows.take('thread'), order),
      name: permuted(this.#rows.take('name'), order),
      series: permuted(this.#rows.take('series'), order),
      atUs: permuted(atUs, order),
      value: permuted(this.#rows.take('value'), order),
    };
  }

  #push(event: TraceEvent, thread: number, series: number, value: number): void {
    const at = this.#rows.next();
    const { block } = this.#rows;
    block.thread[at] = thread;
    block.name[at] = event.name;
    block.series[at] = series;
    block.atUs[at] = event.ts;
    block.value[at] = value;
  }
}

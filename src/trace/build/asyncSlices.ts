import type { SchemaArrays } from '../../table/fromArrays.js';
import { IntPairMap } from '../../table/intPairMap.js';
import { permuted } from '../../table/permuted.js';
import { RowBlocks } from '../../table/rowBlocks.js';
import { sortedOrder } from '../../table/sortedOrder.js';
import type { traceSchema } from '../schema.js';
import type { TraceEvent } from '../text/traceEvent.js';
import type { Counts } from './counts.js';
import { inverse } from './inverse.js';
import { begin, end, pairMarks } from './pairMarks.js';

export interface FinishedAsyncSlices {
  readonly arrays: SchemaArrays<typeof traceSchema.asyncSlices>;
  /** Row of the table, by event as read: of an end, the row that it closed; -1 if none. */
  readonly rowOf: Int32Array;
}

/**
 * The table `asyncSlices`: nestable b, n, e and the older S, T, p, F. Paired by category and id; n, T and p are rows of duration 0.
 */
export class AsyncSlices {
  readonly #events = new RowBlocks({
    thread: 'i32',
    name: 'dict',
    category: 'dict',
    id: 'dict',
    atUs: 'f64',
    kind: 'u8',
    line: 'i32',
  } as const);
  readonly #lines = new IntPairMap();

  /** @returns the event's number as read */
  add(event: TraceEvent, thread: number, kind: number, id: number): number {
    let line = this.#lines.get(event.category, id);
    if (line < 0) {
      line = this.#lines.size;
      this.#lines.set(event.category, id, line);
    }
    const at = this.#events.next();
    const { block } = this.#events;
    block.thread[at] = thread;
    block.name[at] = event.name;
    block.category[at] = event.category;
    block.id[at] = id;
    block.atUs[at] = event.ts;
    block.kind[at] = kind;
    block.line[at] = line;
    return this.#events.length - 1;
  }

  finish(names: number, counts: Counts): FinishedAsyncSlices {
    const events = this.#events;
    const atUs = events.take('atUs');
    const kind = events.take('kind');
    const name = events.take('name');
    const { partner, depth } = pairMarks({ line: events.take('line'), lines: this.#lines.size, atUs, name, names, kind });
    const durationUs = new Float64Array(events.length);
    const unclosed = new Uint8Array(events.length);
    for (let event = 0; event < events.length; event++) {
      if (kind[event] === end) counts.unmatchedEnds += partner[event]! < 0 ? 1 : 0;
      else if (kind[event] === begin) {
        const closer = partner[event]!;
        if (closer < 0) {
          unclosed[event] = 1;
          counts.unclosedBegins++;
        }
        durationUs[event] = Math.max(0, (closer < 0 ? counts.endUs : atUs[closer]!) - atUs[event]!);
      }
    }
    const order = sortedOrder({ key: atUs, longerFirst: durationUs }).order.filter((event) => kind[event] !== end);
    const rowOf = inverse(order, events.length);
    for (let event = 0; event < events.length; event++) {
      if (kind[event] === end && partner[event]! >= 0) rowOf[event] = rowOf[partner[event]!]!;
    }
    return {
      arrays: {
        thread: permuted(events.take('thread'), order),
        name: permuted(name, order),
        category: permuted(events.take('category'), order),
        id: permuted(events.take('id'), order),
        startUs: permuted(atUs, order),
        durationUs: permuted(durationUs, order),
        depth: permuted(depth, order),
        unclosed: permuted(unclosed, order),
      },
      rowOf,
    };
  }
}

import type { SchemaArrays } from '../../table/fromArrays.js';
import { GrowingRows } from '../../table/growingRows.js';
import { IntPairMap } from '../../table/intPairMap.js';
import type { MemoryBudget } from '../../table/memoryBudget.js';
import { reorder } from '../../table/reorder.js';
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

const eventsShape = {
  thread: 'i32',
  name: 'dict',
  category: 'dict',
  id: 'dict',
  atUs: 'f64',
  kind: 'u8',
  line: 'i32',
} as const;

/**
 * The table `asyncSlices`: nestable b, n, e and the older S, T, p, F. Paired by category and id; n, T and p are rows of duration 0.
 */
export class AsyncSlices {
  readonly #events: GrowingRows<typeof eventsShape>;
  readonly #lines: IntPairMap;

  constructor(budget: MemoryBudget) {
    this.#events = new GrowingRows(eventsShape, budget);
    this.#lines = new IntPairMap(budget);
  }

  /** @returns the event's number as read */
  add(event: TraceEvent, thread: number, kind: number, id: number): number {
    let line = this.#lines.get(event.category, id);
    if (line < 0) {
      line = this.#lines.size;
      this.#lines.set(event.category, id, line);
    }
    const at = this.#events.next();
    const { columns } = this.#events;
    columns.thread[at] = thread;
    columns.name[at] = event.name;
    columns.category[at] = event.category;
    columns.id[at] = id;
    columns.atUs[at] = event.ts;
    columns.kind[at] = kind;
    columns.line[at] = line;
    return at;
  }

  finish(names: number, counts: Counts): FinishedAsyncSlices {
    const events = this.#events;
    const { atUs: startUs, kind, line, ...others } = events.finish();
    const { name } = others;
    const { partner, depth } = pairMarks({ line, lines: this.#lines.size, atUs: startUs, name, names, kind });
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
        durationUs[event] = Math.max(0, (closer < 0 ? counts.endUs : startUs[closer]!) - startUs[event]!);
      }
    }
    const order = sortedOrder({ key: startUs, longerFirst: durationUs }).order.filter((event) => kind[event] !== end);
    const rowOf = inverse(order, events.length);
    for (let event = 0; event < events.length; event++) {
      if (kind[event] === end && partner[event]! >= 0) rowOf[event] = rowOf[partner[event]!]!;
    }
    return { arrays: reorder({ ...others, startUs, durationUs, depth, unclosed }, order), rowOf };
  }
}

import type { SchemaArrays } from '../../table/fromArrays.js';
import { GrowingRows } from '../../table/growingRows.js';
import type { MemoryBudget } from '../../table/memoryBudget.js';
import { reorder } from '../../table/reorder.js';
import { sortedOrder } from '../../table/sortedOrder.js';
import type { traceSchema } from '../schema.js';
import type { TraceEvent } from '../text/traceEvent.js';
import type { Counts } from './counts.js';
import { inverse } from './inverse.js';
import { nest } from './nest.js';
import { begin, end, pairMarks } from './pairMarks.js';

export interface FinishedSlices {
  readonly arrays: SchemaArrays<typeof traceSchema.slices>;
  /** Row of the table, by row as read and by E event as read (-1 if it closed nothing). */
  readonly rowOf: Int32Array;
  readonly rowOfEnd: Int32Array;
}

const shape = {
  thread: 'i32',
  name: 'dict',
  category: 'dict',
  startUs: 'f64',
  durationUs: 'f64',
  cpuUs: 'f32',
  unclosed: 'u8',
} as const;
const marksShape = {
  line: 'i32',
  name: 'dict',
  atUs: 'f64',
  cpuClockUs: 'f64',
  kind: 'u8',
  slice: 'i32',
} as const;

/** The table `slices`, of X events and of B and E pairs. */
export class Slices {
  readonly #rows: GrowingRows<typeof shape>;
  /** B and E events. A B has a row above, too, so that slices of one start and length keep the order of the trace. */
  readonly #marks: GrowingRows<typeof marksShape>;

  constructor(budget: MemoryBudget) {
    this.#rows = new GrowingRows(shape, budget);
    this.#marks = new GrowingRows(marksShape, budget);
  }

  /** An X event; one without a duration had not ended when the trace did. Returns its row as read. */
  complete(event: TraceEvent, thread: number): number {
    return this.#add(event, thread, event.dur, event.tdur);
  }

  /** A B event. Returns its row as read. */
  begin(event: TraceEvent, thread: number): number {
    const row = this.#add(event, thread, Number.NaN, Number.NaN);
    this.#mark(event, thread, begin, row);
    return row;
  }

  /** An E event. Returns its number as read. */
  end(event: TraceEvent, thread: number): number {
    return this.#mark(event, thread, end, -1);
  }

  finish(threads: number, names: number, counts: Counts): FinishedSlices {
    const { thread, ...columns } = this.#rows.finish();
    const { startUs, durationUs, unclosed } = columns;
    const sliceOfMark = this.#close(threads, names, columns, counts);
    for (let row = 0; row < startUs.length; row++) {
      if (!Number.isNaN(durationUs[row]!)) continue;
      unclosed[row] = 1;
      durationUs[row] = Math.max(0, counts.endUs - startUs[row]!);
      counts.unclosedBegins++;
    }
    const { order, offsets } = sortedOrder({ group: thread, groups: threads, key: startUs, longerFirst: durationUs });
    const arrays = reorder({ thread, ...columns }, order);
    const { depth, parent, overlapping } = nest(startUs, durationUs, unclosed, offsets);
    counts.overlapping += overlapping;
    const rowOf = inverse(order);
    return {
      arrays: { ...arrays, depth, parent },
      rowOf,
      rowOfEnd: sliceOfMark.map((slice) => (slice < 0 ? -1 : rowOf[slice]!)),
    };
  }

  #add(event: TraceEvent, thread: number, durationUs: number, cpuUs: number): number {
    const at = this.#rows.next();
    const { columns } = this.#rows;
    columns.thread[at] = thread;
    columns.name[at] = event.name;
    columns.category[at] = event.category;
    columns.startUs[at] = event.ts;
    columns.durationUs[at] = durationUs;
    columns.cpuUs[at] = cpuUs;
    return at;
  }

  #mark(event: TraceEvent, thread: number, kind: number, slice: number): number {
    const at = this.#marks.next();
    const { columns } = this.#marks;
    columns.line[at] = thread;
    columns.name[at] = event.name;
    columns.atUs[at] = event.ts;
    columns.cpuClockUs[at] = event.tts;
    columns.kind[at] = kind;
    columns.slice[at] = slice;
    return at;
  }

  /** Gives slices that began with a B the duration until their E. Returns the slice of every mark, -1 if it has none. */
  #close(
    threads: number,
    names: number,
    slices: { readonly startUs: Float64Array; readonly durationUs: Float64Array; readonly cpuUs: Float32Array },
    counts: Counts,
  ): Int32Array {
    const { line, name, atUs, cpuClockUs, kind, slice } = this.#marks.finish();
    const { partner } = pairMarks({ line, lines: threads, atUs, name, names, kind });
    for (let mark = 0; mark < partner.length; mark++) {
      if (kind[mark] !== end) continue;
      const opener = partner[mark]!;
      if (opener < 0) {
        counts.unmatchedEnds++;
        continue;
      }
      const row = slice[opener]!;
      slice[mark] = row;
      slices.durationUs[row] = atUs[mark]! - slices.startUs[row]!;
      slices.cpuUs[row] = cpuClockUs[mark]! - cpuClockUs[opener]!;
    }
    return slice;
  }
}

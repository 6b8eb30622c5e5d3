import type { SchemaArrays } from '../../table/fromArrays.js';
import { permuted } from '../../table/permuted.js';
import { RowBlocks } from '../../table/rowBlocks.js';
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

/** The table `slices`, of X events and of B and E pairs. */
export class Slices {
  readonly #rows = new RowBlocks({
    thread: 'i32',
    name: 'dict',
    category: 'dict',
    startUs: 'f64',
    durationUs: 'f64',
    cpuUs: 'f32',
    unclosed: 'u8',
  } as const);
  /** B and E events. A B has a row above, too, so that slices of one start and length keep the order of the trace. */
  readonly #marks = new RowBlocks({
    line: 'i32',
    name: 'dict',
    atUs: 'f64',
    cpuClockUs: 'f64',
    kind: 'u8',
    slice: 'i32',
  } as const);

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
    const rows = this.#rows;
    const startUs = rows.take('startUs');
    const durationUs = rows.take('durationUs');
    const cpuUs = rows.take('cpuUs');
    const sliceOfMark = this.#close(threads, names, startUs, durationUs, cpuUs, counts);
    const unclosed = rows.take('unclosed');
    for (let row = 0; row < rows.length; row++) {
      if (!Number.isNaN(durationUs[row]!)) continue;
      unclosed[row] = 1;
      durationUs[row] = Math.max(0, counts.endUs - startUs[row]!);
      counts.unclosedBegins++;
    }
    const { order, offsets } = sortedOrder({
      group: rows.take('thread'),
      groups: threads,
      key: startUs,
      longerFirst: durationUs,
    });
    const sorted = {
      startUs: permuted(startUs, order),
      durationUs: permuted(durationUs, order),
      unclosed: permuted(unclosed, order),
    };
    const { depth, parent, overlapping } = nest(sorted.startUs, sorted.durationUs, sorted.unclosed, offsets);
    counts.overlapping += overlapping;
    const rowOf = inverse(order);
    return {
      arrays: {
        ...sorted,
        thread: threadColumn(offsets, rows.length),
        name: permuted(rows.take('name'), order),
        category: permuted(rows.take('category'), order),
        cpuUs: permuted(cpuUs, order),
        depth,
        parent,
      },
      rowOf,
      rowOfEnd: sliceOfMark.map((slice) => (slice < 0 ? -1 : rowOf[slice]!)),
    };
  }

  #add(event: TraceEvent, thread: number, durationUs: number, cpuUs: number): number {
    const at = this.#rows.next();
    const { block } = this.#rows;
    block.thread[at] = thread;
    block.name[at] = event.name;
    block.category[at] = event.category;
    block.startUs[at] = event.ts;
    block.durationUs[at] = durationUs;
    block.cpuUs[at] = cpuUs;
    return this.#rows.length - 1;
  }

  #mark(event: TraceEvent, thread: number, kind: number, slice: number): number {
    const at = this.#marks.next();
    const { block } = this.#marks;
    block.line[at] = thread;
    block.name[at] = event.name;
    block.atUs[at] = event.ts;
    block.cpuClockUs[at] = event.tts;
    block.kind[at] = kind;
    block.slice[at] = slice;
    return this.#marks.length - 1;
  }

  /** Gives slices that began with a B the duration until their E. Returns the slice of every mark, -1 if it has none. */
  #close(
    threads: number,
    names: number,
    startUs: Float64Array,
    durationUs: Float64Array,
    cpuUs: Float32Array,
    counts: Counts,
  ): Int32Array {
    const atUs = this.#marks.take('atUs');
    const kind = this.#marks.take('kind');
    const slice = this.#marks.take('slice');
    const cpuClockUs = this.#marks.take('cpuClockUs');
    const line = this.#marks.take('line');
    const { partner } = pairMarks({ line, lines: threads, atUs, name: this.#marks.take('name'), names, kind });
    for (let mark = 0; mark < partner.length; mark++) {
      if (kind[mark] !== end) continue;
      const opener = partner[mark]!;
      if (opener < 0) {
        counts.unmatchedEnds++;
        continue;
      }
      const row = slice[opener]!;
      slice[mark] = row;
      durationUs[row] = atUs[mark]! - startUs[row]!;
      cpuUs[row] = cpuClockUs[mark]! - cpuClockUs[opener]!;
    }
    return slice;
  }
}

/** The thread of every row, of rows that are sorted by thread. */
function threadColumn(offsets: Uint32Array, length: number): Int32Array<ArrayBuffer> {
  const thread = new Int32Array(length);
  for (let t = 0; t + 1 < offsets.length; t++) thread.fill(t, offsets[t]!, offsets[t + 1]!);
  return thread;
}

import type { SchemaArrays } from '../../table/fromArrays.js';
import { permuted } from '../../table/permuted.js';
import { RowBlocks } from '../../table/rowBlocks.js';
import { sortedOrder } from '../../table/sortedOrder.js';
import type { traceSchema } from '../schema.js';
import type { TraceEvent } from '../text/traceEvent.js';
import { inverse } from './inverse.js';

export interface FinishedInstants {
  readonly arrays: SchemaArrays<typeof traceSchema.instants>;
  /** Row of the table, by row as read. */
  readonly rowOf: Int32Array;
}

/** The table `instants`: I and i events, and R (marks). */
export class Instants {
  readonly #rows = new RowBlocks({ thread: 'i32', name: 'dict', category: 'dict', atUs: 'f64' } as const);

  /** @returns the row as read */
  add(event: TraceEvent, thread: number): number {
    const at = this.#rows.next();
    const { block } = this.#rows;
    block.thread[at] = thread;
    block.name[at] = event.name;
    block.category[at] = event.category;
    block.atUs[at] = event.ts;
    return this.#rows.length - 1;
  }

  finish(threads: number): FinishedInstants {
    const thread = this.#rows.take('thread');
    const atUs = this.#rows.take('atUs');
    const { order } = sortedOrder({ group: thread, groups: threads, key: atUs });
    return {
      arrays: {
        thread: permuted(thread, order),
        name: permuted(this.#rows.take('name'), order),
        category: permuted(this.#rows.take('category'), order),
        atUs: permuted(atUs, order),
      },
      rowOf: inverse(order),
    };
  }
}

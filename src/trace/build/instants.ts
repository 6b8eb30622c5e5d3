import type { SchemaArrays } from '../../table/fromArrays.js';
import { GrowingRows } from '../../table/growingRows.js';
import type { MemoryBudget } from '../../table/memoryBudget.js';
import { reorder } from '../../table/reorder.js';
import { sortedOrder } from '../../table/sortedOrder.js';
import type { traceSchema } from '../schema.js';
import type { TraceEvent } from '../text/traceEvent.js';
import { inverse } from './inverse.js';

export interface FinishedInstants {
  readonly arrays: SchemaArrays<typeof traceSchema.instants>;
  /** Row of the table, by row as read. */
  readonly rowOf: Int32Array;
}

const shape = { thread: 'i32', name: 'dict', category: 'dict', atUs: 'f64' } as const;

/** The table `instants`: I and i events, and R (marks). */
export class Instants {
  readonly #rows: GrowingRows<typeof shape>;

  constructor(budget: MemoryBudget) {
    this.#rows = new GrowingRows(shape, budget);
  }

  /** @returns the row as read */
  add(event: TraceEvent, thread: number): number {
    const at = this.#rows.next();
    const { columns } = this.#rows;
    columns.thread[at] = thread;
    columns.name[at] = event.name;
    columns.category[at] = event.category;
    columns.atUs[at] = event.ts;
    return at;
  }

  finish(threads: number): FinishedInstants {
    const columns = this.#rows.finish();
    const { order } = sortedOrder({ group: columns.thread, groups: threads, key: columns.atUs });
    return { arrays: reorder(columns, order), rowOf: inverse(order) };
  }
}

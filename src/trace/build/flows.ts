import type { SchemaArrays } from '../../table/fromArrays.js';
import { GrowingRows } from '../../table/growingRows.js';
import { IntPairMap } from '../../table/intPairMap.js';
import type { MemoryBudget } from '../../table/memoryBudget.js';
import { reorder } from '../../table/reorder.js';
import { sortedOrder } from '../../table/sortedOrder.js';
import { keptFlows } from '../keptFlows.js';
import type { traceSchema } from '../schema.js';
import type { EventIds } from '../text/eventId.js';
import type { StringTable } from '../text/stringTable.js';
import type { TraceEvent } from '../text/traceEvent.js';

const shape = { name: 'dict', fromThread: 'i32', fromUs: 'f64', toThread: 'i32', toUs: 'f64' } as const;

/** The table `flows`: s events and the f that ends them, in whatever order they are read. An id that begins anew is another flow. */
export class Flows {
  readonly #rows: GrowingRows<typeof shape>;
  readonly #ids: EventIds;
  readonly #kept: ReadonlySet<number>;
  /** By name and id, the latest row whose begin, or end, is known and the other is not. */
  readonly #begun: IntPairMap;
  readonly #ended: IntPairMap;

  constructor(strings: StringTable, ids: EventIds, budget: MemoryBudget) {
    this.#rows = new GrowingRows(shape, budget);
    this.#begun = new IntPairMap(budget);
    this.#ended = new IntPairMap(budget);
    this.#ids = ids;
    this.#kept = new Set(keptFlows.map((name) => strings.of(name)));
  }

  /** False if nobody asks for flows of this name. */
  begin(event: TraceEvent, thread: number): boolean {
    if (!this.#kept.has(event.name)) return false;
    const id = this.#ids.of(event);
    let row = this.#ended.get(event.name, id);
    const { columns } = this.#rows;
    if (row < 0 || columns.fromThread[row]! >= 0) {
      row = this.#add(event.name);
      this.#begun.set(event.name, id, row);
    }
    this.#rows.columns.fromThread[row] = thread;
    this.#rows.columns.fromUs[row] = event.ts;
    return true;
  }

  end(event: TraceEvent, thread: number): boolean {
    if (!this.#kept.has(event.name)) return false;
    const id = this.#ids.of(event);
    let row = this.#begun.get(event.name, id);
    if (row < 0 || this.#rows.columns.toThread[row]! >= 0) {
      row = this.#add(event.name);
      this.#ended.set(event.name, id, row);
    }
    this.#rows.columns.toThread[row] = thread;
    this.#rows.columns.toUs[row] = event.ts;
    return true;
  }

  /** Those with both ends, by their begin. */
  finish(): SchemaArrays<typeof traceSchema.flows> {
    const columns = this.#rows.finish();
    const { order } = sortedOrder({ key: columns.fromUs });
    const whole = order.filter((row) => columns.fromThread[row]! >= 0 && columns.toThread[row]! >= 0);
    return reorder(columns, whole);
  }

  #add(name: number): number {
    const row = this.#rows.next();
    const { columns } = this.#rows;
    columns.name[row] = name;
    columns.fromThread[row] = -1;
    columns.fromUs[row] = 0;
    columns.toThread[row] = -1;
    columns.toUs[row] = 0;
    return row;
  }
}

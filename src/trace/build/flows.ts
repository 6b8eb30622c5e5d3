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

const marksShape = { line: 'i32', name: 'dict', thread: 'i32', atUs: 'f64', begins: 'f64' } as const;
const shape = { name: 'dict', fromThread: 'i32', fromUs: 'f64', toThread: 'i32', toUs: 'f64' } as const;

/** The table `flows`: s events and the f that ends them, by time. An id that begins anew is another flow. */
export class Flows {
  readonly #marks: GrowingRows<typeof marksShape>;
  readonly #ids: EventIds;
  readonly #kept: ReadonlySet<number>;
  /** Flows of one name and id. */
  readonly #lines: IntPairMap;
  readonly #budget: MemoryBudget;

  constructor(strings: StringTable, ids: EventIds, budget: MemoryBudget) {
    this.#marks = new GrowingRows(marksShape, budget);
    this.#lines = new IntPairMap(budget);
    this.#budget = budget;
    this.#ids = ids;
    this.#kept = new Set(keptFlows.map((name) => strings.of(name)));
  }

  /** False if nobody asks for flows of this name. */
  begin(event: TraceEvent, thread: number): boolean {
    return this.#add(event, thread, 1);
  }

  end(event: TraceEvent, thread: number): boolean {
    return this.#add(event, thread, 0);
  }

  /** Those with both ends, by their begin. */
  finish(): SchemaArrays<typeof traceSchema.flows> {
    const { line, name, thread, atUs, begins } = this.#marks.finish();
    const { order } = sortedOrder({ group: line, groups: this.#lines.size, key: atUs, longerFirst: begins });
    const flows = new GrowingRows(shape, this.#budget);
    let open = -1;
    for (const mark of order) {
      if (open >= 0 && begins[mark] === 0 && line[mark] === line[open]) {
        const at = flows.next();
        const { columns } = flows;
        columns.name[at] = name[mark]!;
        columns.fromThread[at] = thread[open]!;
        columns.fromUs[at] = atUs[open]!;
        columns.toThread[at] = thread[mark]!;
        columns.toUs[at] = atUs[mark]!;
      }
      open = begins[mark] === 1 ? mark : -1;
    }
    const columns = flows.finish();
    return reorder(columns, sortedOrder({ key: columns.fromUs }).order);
  }

  #add(event: TraceEvent, thread: number, begins: number): boolean {
    if (!this.#kept.has(event.name)) return false;
    const id = this.#ids.of(event);
    let line = this.#lines.get(event.name, id);
    if (line < 0) {
      line = this.#lines.size;
      this.#lines.set(event.name, id, line);
    }
    const at = this.#marks.next();
    const { columns } = this.#marks;
    columns.line[at] = line;
    columns.name[at] = event.name;
    columns.thread[at] = thread;
    columns.atUs[at] = event.ts;
    columns.begins[at] = begins;
    return true;
  }
}

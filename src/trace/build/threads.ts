import type { SchemaArrays } from '../../table/fromArrays.js';
import { GrowingRows } from '../../table/growingRows.js';
import { IntPairMap } from '../../table/intPairMap.js';
import type { MemoryBudget } from '../../table/memoryBudget.js';
import type { traceSchema } from '../schema.js';
import type { TraceEvent } from '../text/traceEvent.js';

/** Whom an M event names, and when; `ts` is NaN if it does not say. */
type Named = Pick<TraceEvent, 'pid' | 'tid' | 'ts'>;

/** Names by row, as codes. Of two names the later counts, or the one that is read last where no time tells. */
class Names {
  readonly codes: number[] = [];
  readonly #givenUs: number[] = [];

  give(row: number, code: number, atUs: number): void {
    if (atUs < this.#givenUs[row]!) return;
    this.codes[row] = code;
    this.#givenUs[row] = atUs;
  }
}

const processesShape = { pid: 'u32' } as const;
const threadsShape = { pid: 'u32', tid: 'u32', process: 'i32' } as const;

/** The tables `processes` and `threads`: a row per process and thread that an event names, in the order of their first event. */
export class Threads {
  readonly #processes: GrowingRows<typeof processesShape>;
  readonly #threads: GrowingRows<typeof threadsShape>;
  readonly #processRows: IntPairMap;
  readonly #threadRows: IntPairMap;
  readonly #processNames = new Names();
  readonly #processLabels = new Names();
  readonly #threadNames = new Names();
  #lastPid = 0;
  #lastTid = 0;
  #lastRow = -1;

  constructor(budget: MemoryBudget) {
    this.#processes = new GrowingRows(processesShape, budget);
    this.#threads = new GrowingRows(threadsShape, budget);
    this.#processRows = new IntPairMap(budget);
    this.#threadRows = new IntPairMap(budget);
  }

  get length(): number {
    return this.#threads.length;
  }

  /** The row of a thread, made if it is new. */
  row(pid: number, tid: number): number {
    if (pid === this.#lastPid && tid === this.#lastTid && this.#lastRow >= 0) return this.#lastRow;
    this.#lastPid = pid;
    this.#lastTid = tid;
    this.#lastRow = this.#threadRows.get(pid, tid);
    if (this.#lastRow < 0) this.#lastRow = this.#add(pid, tid);
    return this.#lastRow;
  }

  nameThread({ pid, tid, ts }: Named, name: number): void {
    this.#threadNames.give(this.row(pid, tid), name, ts);
  }

  nameProcess({ pid, ts }: Named, name: number): void {
    this.#processNames.give(this.#processRow(pid), name, ts);
  }

  labelProcess({ pid, ts }: Named, labels: number): void {
    this.#processLabels.give(this.#processRow(pid), labels, ts);
  }

  /** @param textOf the code of an id as the trace writes it */
  finish(textOf: (id: number) => number): {
    processes: SchemaArrays<typeof traceSchema.processes>;
    threads: SchemaArrays<typeof traceSchema.threads>;
  } {
    const processes = this.#processes.finish();
    const threads = this.#threads.finish();
    return {
      processes: {
        ...processes,
        id: Uint32Array.from(processes.pid, textOf),
        name: Uint32Array.from(this.#processNames.codes),
        labels: Uint32Array.from(this.#processLabels.codes),
      },
      threads: {
        ...threads,
        id: Uint32Array.from(threads.tid, textOf),
        name: Uint32Array.from(this.#threadNames.codes),
      },
    };
  }

  #processRow(pid: number): number {
    const known = this.#processRows.get(pid, 0);
    if (known >= 0) return known;
    const row = this.#processes.next();
    this.#processes.columns.pid[row] = pid;
    this.#processRows.set(pid, 0, row);
    this.#processNames.codes.push(0);
    this.#processLabels.codes.push(0);
    return row;
  }

  #add(pid: number, tid: number): number {
    const process = this.#processRow(pid);
    const row = this.#threads.next();
    const { columns } = this.#threads;
    columns.pid[row] = pid;
    columns.tid[row] = tid;
    columns.process[row] = process;
    this.#threadRows.set(pid, tid, row);
    this.#threadNames.codes.push(0);
    return row;
  }
}

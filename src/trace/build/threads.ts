import type { SchemaArrays } from '../../table/fromArrays.js';
import { GrowingRows } from '../../table/growingRows.js';
import { IntPairMap } from '../../table/intPairMap.js';
import type { MemoryBudget } from '../../table/memoryBudget.js';
import type { traceSchema } from '../schema.js';

const processesShape = { pid: 'u32' } as const;
const threadsShape = { pid: 'u32', tid: 'u32', process: 'i32' } as const;

/** The tables `processes` and `threads`: a row per process and thread that an event names, in the order of their first event. */
export class Threads {
  readonly #processes: GrowingRows<typeof processesShape>;
  readonly #threads: GrowingRows<typeof threadsShape>;
  readonly #processRows: IntPairMap;
  readonly #threadRows: IntPairMap;
  readonly #processNames: number[] = [];
  readonly #processLabels: number[] = [];
  readonly #threadNames: number[] = [];
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

  nameThread(pid: number, tid: number, name: number): void {
    this.#threadNames[this.row(pid, tid)] = name;
  }

  nameProcess(pid: number, name: number): void {
    this.#processNames[this.#processRow(pid)] = name;
  }

  labelProcess(pid: number, labels: number): void {
    this.#processLabels[this.#processRow(pid)] = labels;
  }

  finish(): { processes: SchemaArrays<typeof traceSchema.processes>; threads: SchemaArrays<typeof traceSchema.threads> } {
    return {
      processes: {
        ...this.#processes.finish(),
        name: Uint32Array.from(this.#processNames),
        labels: Uint32Array.from(this.#processLabels),
      },
      threads: {
        ...this.#threads.finish(),
        name: Uint32Array.from(this.#threadNames),
      },
    };
  }

  #processRow(pid: number): number {
    const known = this.#processRows.get(pid, 0);
    if (known >= 0) return known;
    const row = this.#processes.next();
    this.#processes.columns.pid[row] = pid;
    this.#processRows.set(pid, 0, row);
    this.#processNames.push(0);
    this.#processLabels.push(0);
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
    this.#threadNames.push(0);
    return row;
  }
}

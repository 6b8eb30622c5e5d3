import type { SchemaArrays } from '../../table/fromArrays.js';
import { IntPairMap } from '../../table/intPairMap.js';
import { RowBlocks } from '../../table/rowBlocks.js';
import type { traceSchema } from '../schema.js';

/** The tables `processes` and `threads`: a row per process and thread that an event names, in the order of their first event. */
export class Threads {
  readonly #processes = new RowBlocks({ pid: 'u32' } as const);
  readonly #threads = new RowBlocks({ pid: 'u32', tid: 'u32', process: 'i32' } as const);
  readonly #processRows = new IntPairMap();
  readonly #threadRows = new IntPairMap();
  readonly #processNames: number[] = [];
  readonly #processLabels: number[] = [];
  readonly #threadNames: number[] = [];
  #lastPid = 0;
  #lastTid = 0;
  #lastRow = -1;

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
        pid: this.#processes.take('pid'),
        name: Uint32Array.from(this.#processNames),
        labels: Uint32Array.from(this.#processLabels),
      },
      threads: {
        pid: this.#threads.take('pid'),
        tid: this.#threads.take('tid'),
        name: Uint32Array.from(this.#threadNames),
        process: this.#threads.take('process'),
      },
    };
  }

  #processRow(pid: number): number {
    const known = this.#processRows.get(pid, 0);
    if (known >= 0) return known;
    const at = this.#processes.next();
    const row = this.#processes.length - 1;
    this.#processes.block.pid[at] = pid;
    this.#processRows.set(pid, 0, row);
    this.#processNames.push(0);
    this.#processLabels.push(0);
    return row;
  }

  #add(pid: number, tid: number): number {
    const process = this.#processRow(pid);
    const at = this.#threads.next();
    const row = this.#threads.length - 1;
    const { block } = this.#threads;
    block.pid[at] = pid;
    block.tid[at] = tid;
    block.process[at] = process;
    this.#threadRows.set(pid, tid, row);
    this.#threadNames.push(0);
    return row;
  }
}

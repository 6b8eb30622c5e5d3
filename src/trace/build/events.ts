import { type PhaseHandler, phases } from '../phases.js';
import { readEvent } from '../text/readEvent.js';
import type { Scanner } from '../text/scanner.js';
import type { StringTable } from '../text/stringTable.js';
import { TraceEvent } from '../text/traceEvent.js';
import type { Counts } from './counts.js';
import { addMetadata } from './metadata.js';
import type { Tables } from './tables.js';

const metadataPhase = 'M'.charCodeAt(0);

/** `phases` by character code. */
const handlers: (PhaseHandler | undefined)[] = Array.from({ length: 256 }, (_, code) => phases[String.fromCharCode(code)]);

/** Reads event after event, and hands each to what its phase asks for. */
export class Events {
  readonly #scanner: Scanner;
  readonly #strings: StringTable;
  readonly #tables: Tables;
  readonly #counts: Counts;
  readonly #event = new TraceEvent();
  /** Of each thread the time of its latest event so far. */
  readonly #latestUs: number[] = [];

  constructor(scanner: Scanner, strings: StringTable, tables: Tables, counts: Counts) {
    this.#scanner = scanner;
    this.#strings = strings;
    this.#tables = tables;
    this.#counts = counts;
  }

  /** Reads the event object at `at`; returns where it ends. */
  read(at: number): number {
    const event = this.#event;
    const counts = this.#counts;
    const after = readEvent(this.#scanner, this.#strings, this.#tables.identifiers, event, at);
    counts.events++;
    if (event.phase === metadataPhase) {
      if (!addMetadata(this.#scanner, this.#strings, this.#tables, event)) counts.ignore(event.phase);
    } else if (event.phase === 0 || !Number.isFinite(event.ts) || event.dur < 0 || event.dur === Number.POSITIVE_INFINITY) {
      counts.invalid++;
    } else {
      const handler = handlers[event.phase];
      const thread = this.#place(event);
      if (!handler?.(this.#tables, event, thread)) counts.ignore(event.phase);
    }
    return after;
  }

  /** Notes the event's time; returns the row of its thread. */
  #place(event: TraceEvent): number {
    const counts = this.#counts;
    const { ts } = event;
    const thread = this.#tables.threads.row(event.pid, event.tid);
    if (ts < this.#latestUs[thread]!) counts.outOfOrder++;
    else this.#latestUs[thread] = ts;
    if (ts < counts.startUs) counts.startUs = ts;
    const endUs = event.dur > 0 ? ts + event.dur : ts;
    if (endUs > counts.endUs) counts.endUs = endUs;
    return thread;
  }
}

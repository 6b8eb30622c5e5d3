import { MemoryBudget } from '../table/memoryBudget.js';
import { formatBytes } from '../view/format.js';
import { Counts } from './build/counts.js';
import { Events } from './build/events.js';
import { Tables } from './build/tables.js';
import { describeDocument } from './describeDocument.js';
import * as byte from './text/bytes.js';
import { DocumentReader } from './text/documentReader.js';
import { Scanner } from './text/scanner.js';
import { StringTable } from './text/stringTable.js';
import type { DocumentSink } from './text/traceDocument.js';
import type { Trace, TraceReading } from './trace.js';
import { TraceError, TraceLimitError } from './traceError.js';

/** The memory that the tables of a trace may take: those of a trace of 2 GB or so need as much. */
const defaultTableBytes = 5e8;

/** What an entry of the metadata takes beside its texts. */
const METADATA_BYTES = 64;

export interface ReaderLimits {
  readonly maxValueBytes?: number;
  readonly maxTableBytes?: number;
  /** Of traces that are held together, instead of `maxTableBytes` for each. */
  readonly budget?: MemoryBudget | undefined;
}

/** Memory for the tables of traces. @throws TraceError once they take more */
export const tableBudget = (maxTableBytes = defaultTableBytes): MemoryBudget =>
  new MemoryBudget(maxTableBytes, () => {
    throw new TraceLimitError(
      `The tables of the trace need more memory than the limit of ${formatBytes(maxTableBytes)}. If it is meant to be so large, raise the limit: --max-memory ${formatBytes(2 * maxTableBytes).replace(' ', '')} (maxTableBytes in the library).`,
    );
  });

/**
 * Reads a Chrome trace (JSON object or array form, or an event per line) from bytes pushed in chunks of any size:
 *
 *     const reader = new TraceReader();
 *     for await (const chunk of chunks) if (!reader.push(chunk)) break;
 *     const trace = reader.finish();
 *
 * One pass, straight from bytes to columns: neither the text nor its events are ever held as a whole. Runs in Node and in a page.
 * Input that is no trace throws a TraceError, from `push` or from `finish`. A trace that breaks off or goes wrong somewhere gives
 * what came before, and `reading.cut` says where and why.
 * Format: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */
export class TraceReader implements DocumentSink {
  readonly #scanner = new Scanner();
  readonly #budget: MemoryBudget;
  readonly #strings: StringTable;
  readonly #tables: Tables;
  readonly #counts = new Counts();
  readonly #events: Events;
  readonly #reader: DocumentReader;
  readonly #metadata: Record<string, string | number> = {};

  /** @param limits `maxTableBytes`: memory for the tables, 500 MB by default; more is a TraceError */
  constructor({ maxValueBytes, maxTableBytes, budget = tableBudget(maxTableBytes) }: ReaderLimits = {}) {
    this.#budget = budget;
    this.#strings = new StringTable(this.#budget);
    this.#tables = new Tables(this.#scanner, this.#strings, this.#budget);
    this.#events = new Events(this.#scanner, this.#strings, this.#tables, this.#counts);
    this.#reader = new DocumentReader(this.#scanner, this, maxValueBytes);
  }

  /**
   * Takes the next bytes; they may be reused afterwards.
   * @returns false once reading has stopped, and no more bytes need to be pushed
   * @throws TraceError if this is no trace
   */
  push(bytes: Uint8Array): boolean {
    return this.#reader.push(bytes);
  }

  /**
   * The trace, once all bytes were pushed.
   * @param cutReason why the bytes end before the input does, if they do
   * @throws TraceError if this is no trace
   */
  finish(cutReason?: string): Trace {
    if (this.#reader.bytes === 0) throw new TraceError(`Not a trace: it is empty (0 bytes).${cutReason ? ` ${cutReason}.` : ''}`);
    const cut = this.#reader.end(cutReason);
    const counts = this.#counts;
    const valid = counts.events - counts.invalid;
    const found = { valid, elements: counts.events, samples: counts.legacySamples };
    const problem = describeDocument(this.#reader.document, found, cut);
    if (problem) throw new TraceError(problem);
    return { tables: this.#tables.finish(counts), reading: this.#reading() };
  }

  event(at: number): number {
    return this.#events.read(at);
  }

  notAnEvent(): void {
    this.#counts.events++;
    this.#counts.invalid++;
  }

  legacySample(): void {
    this.#counts.legacySamples++;
  }

  metadata(key: string, at: number): void {
    const scanner = this.#scanner;
    const isString = scanner.bytes[at] === byte.quote;
    const value = isString ? this.#strings.strings[this.#strings.read(scanner, at)]! : scanner.number(at);
    if (!isString && !Number.isFinite(value)) return;
    this.#budget.take(METADATA_BYTES + 2 * key.length);
    this.#metadata[key] = value;
  }

  #reading(): TraceReading {
    const counts = this.#counts;
    const isTimed = counts.startUs <= counts.endUs;
    return {
      bytes: this.#reader.bytes,
      events: counts.events,
      startUs: isTimed ? counts.startUs : Number.NaN,
      endUs: isTimed ? counts.endUs : Number.NaN,
      unmatchedEnds: counts.unmatchedEnds,
      unclosedBegins: counts.unclosedBegins,
      outOfOrder: counts.outOfOrder,
      overlapping: counts.overlapping,
      invalid: counts.invalid,
      ignored: counts.ignored,
      cut: this.#reader.cut,
      metadata: this.#metadata,
    };
  }
}

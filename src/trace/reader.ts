import { MemoryBudget } from '../table/memoryBudget.js';
import { formatBytes } from '../view/format.js';
import { Counts } from './build/counts.js';
import { Events } from './build/events.js';
import { Tables } from './build/tables.js';
import { describeDocument } from './describeDocument.js';
import * as byte from './text/bytes.js';
import { ByteWindow } from './text/byteWindow.js';
import { Scanner } from './text/scanner.js';
import { JsonSyntaxError, moreNeeded } from './text/signals.js';
import { StringTable } from './text/stringTable.js';
import { type DocumentSink, TraceDocument } from './text/traceDocument.js';
import type { Trace, TraceReading } from './trace.js';
import { TraceError, TraceLimitError } from './traceError.js';

/** Bytes that are looked at in one go, so that the buffer stays in the processor's cache however much is pushed at once. */
const pieceBytes = 1 << 17;

/** The longest value (an event, a metadata string) that is waited for. */
const defaultValueBytes = 64 << 20;

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
  readonly #maxValueBytes: number;
  readonly #scanner = new Scanner();
  readonly #window = new ByteWindow(this.#scanner);
  readonly #budget: MemoryBudget;
  readonly #strings: StringTable;
  readonly #tables: Tables;
  readonly #counts = new Counts();
  readonly #events: Events;
  readonly #document = new TraceDocument(this.#scanner, this);
  readonly #metadata: Record<string, string | number> = {};
  #bytes = 0;
  /** Bytes that must be at hand before it is worth trying again. */
  #neededBytes = 1;
  #cut: TraceReading['cut'] = null;

  /** @param limits `maxTableBytes`: memory for the tables, 500 MB by default; more is a TraceError */
  constructor({ maxValueBytes = defaultValueBytes, maxTableBytes, budget = tableBudget(maxTableBytes) }: ReaderLimits = {}) {
    this.#maxValueBytes = maxValueBytes;
    this.#budget = budget;
    this.#strings = new StringTable(this.#budget);
    this.#tables = new Tables(this.#scanner, this.#strings, this.#budget);
    this.#events = new Events(this.#scanner, this.#strings, this.#tables, this.#counts);
  }

  /**
   * Takes the next bytes; they may be reused afterwards.
   * @returns false once reading has stopped, and no more bytes need to be pushed
   * @throws TraceError if this is no trace
   */
  push(bytes: Uint8Array): boolean {
    this.#bytes += bytes.length;
    for (let from = 0; from < bytes.length && this.#cut === null; from += pieceBytes) {
      this.#window.append(bytes.subarray(from, from + pieceBytes), this.#document.at);
      this.#document.at = 0;
      if (this.#scanner.limit >= this.#neededBytes) this.#advance(false);
    }
    return this.#cut === null;
  }

  /**
   * The trace, once all bytes were pushed.
   * @param cutReason why the bytes end before the input does, if they do
   * @throws TraceError if this is no trace
   */
  finish(cutReason?: string): Trace {
    if (this.#bytes === 0) throw new TraceError(`Not a trace: it is empty (0 bytes).${cutReason ? ` ${cutReason}.` : ''}`);
    if (this.#cut === null) this.#advance(true);
    const { at } = this.#document;
    if (this.#cut === null && (cutReason !== undefined || !this.#document.mayEnd)) {
      const inside = at < this.#scanner.limit ? ` inside a value that begins at byte ${this.#scanner.base + at}` : '';
      this.#cut = { atByte: this.#bytes, reason: cutReason ?? `the input ends${inside}` };
    }
    const counts = this.#counts;
    const valid = counts.events - counts.invalid;
    const found = { valid, elements: counts.events, samples: counts.legacySamples };
    const problem = describeDocument(this.#document, found, this.#cut);
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

  /** Reads as far as the bytes at hand allow. */
  #advance(isLast: boolean): void {
    try {
      this.#document.run(isLast);
    } catch (error) {
      if (error === moreNeeded) this.#wait();
      else if (error instanceof JsonSyntaxError) this.#cut = { atByte: error.atByte, reason: error.message };
      else throw error;
    }
  }

  /**
   * What is left is the begin of a value: it is read again from its start when twice as much is there, so that the number of bytes
   * read stays proportional to the input, however small the chunks.
   */
  #wait(): void {
    const left = this.#scanner.limit - this.#document.at;
    this.#neededBytes = left * 2;
    if (left <= this.#maxValueBytes) return;
    const atByte = this.#scanner.base + this.#document.at;
    this.#cut = { atByte, reason: `a single value is longer than ${this.#maxValueBytes} bytes` };
  }

  #reading(): TraceReading {
    const counts = this.#counts;
    const isTimed = counts.startUs <= counts.endUs;
    return {
      bytes: this.#bytes,
      events: counts.events,
      startUs: isTimed ? counts.startUs : Number.NaN,
      endUs: isTimed ? counts.endUs : Number.NaN,
      unmatchedEnds: counts.unmatchedEnds,
      unclosedBegins: counts.unclosedBegins,
      outOfOrder: counts.outOfOrder,
      overlapping: counts.overlapping,
      invalid: counts.invalid,
      ignored: counts.ignored,
      cut: this.#cut,
      metadata: this.#metadata,
    };
  }
}

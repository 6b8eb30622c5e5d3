import { ByteWindow } from './byteWindow.js';
import type { Scanner } from './scanner.js';
import { JsonSyntaxError, moreNeeded } from './signals.js';
import { type DocumentSink, TraceDocument } from './traceDocument.js';

/** Bytes that are looked at in one go, so that the buffer stays in the processor's cache however much is pushed at once. */
const pieceBytes = 1 << 17;

/** The longest value (an event, a metadata string) that is waited for. */
const defaultValueBytes = 64 << 20;

/** Where and why reading stopped before the end. */
export interface Cut {
  readonly atByte: number;
  readonly reason: string;
}

/**
 * Reads a trace document from bytes pushed in chunks of any size, and hands its events to a sink. What is read is let go of at once:
 * only a value that is not whole yet stays in memory.
 */
export class DocumentReader {
  readonly document: TraceDocument;
  readonly #maxValueBytes: number;
  readonly #scanner: Scanner;
  readonly #window: ByteWindow;
  #bytes = 0;
  /** Bytes that must be at hand before it is worth trying again. */
  #neededBytes = 1;
  #cut: Cut | null = null;

  /** @param scanner the sink's: by it the sink reads what it is called for */
  constructor(scanner: Scanner, sink: DocumentSink, maxValueBytes = defaultValueBytes) {
    this.#scanner = scanner;
    this.#window = new ByteWindow(scanner);
    this.document = new TraceDocument(scanner, sink);
    this.#maxValueBytes = maxValueBytes;
  }

  /** All bytes that were pushed. */
  get bytes(): number {
    return this.#bytes;
  }

  get cut(): Cut | null {
    return this.#cut;
  }

  /**
   * Takes the next bytes; they may be reused afterwards.
   * @returns false once reading has stopped, and no more bytes need to be pushed
   * @throws TraceError if this is no trace, and what the sink throws
   */
  push(bytes: Uint8Array): boolean {
    this.#bytes += bytes.length;
    for (let from = 0; from < bytes.length && this.#cut === null; from += pieceBytes) {
      this.#window.append(bytes.subarray(from, from + pieceBytes), this.document.at);
      this.document.at = 0;
      if (this.#scanner.limit >= this.#neededBytes) this.#advance(false);
    }
    return this.#cut === null;
  }

  /**
   * Ends reading, once all bytes were pushed.
   * @param cutReason why the bytes end before the input does, if they do
   * @returns where the document is cut; null if it is whole
   */
  end(cutReason?: string): Cut | null {
    if (this.#cut === null) this.#advance(true);
    const { at } = this.document;
    if (this.#cut === null && (cutReason !== undefined || !this.document.mayEnd)) {
      const inside = at < this.#scanner.limit ? ` inside a value that begins at byte ${this.#scanner.base + at}` : '';
      this.#cut = { atByte: this.#bytes, reason: cutReason ?? `the input ends${inside}` };
    }
    return this.#cut;
  }

  /** Reads as far as the bytes at hand allow. */
  #advance(isLast: boolean): void {
    try {
      this.document.run(isLast);
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
    const left = this.#scanner.limit - this.document.at;
    this.#neededBytes = left * 2;
    if (left <= this.#maxValueBytes) return;
    const atByte = this.#scanner.base + this.document.at;
    this.#cut = { atByte, reason: `a single value is longer than ${this.#maxValueBytes} bytes` };
  }
}

import { ByteWindow } from '../../src/trace/text/byteWindow.js';
import { Scanner } from '../../src/trace/text/scanner.js';
import { JsonSyntaxError, moreNeeded } from '../../src/trace/text/signals.js';
import { type DocumentSink, TraceDocument } from '../../src/trace/text/traceDocument.js';
import { CollectError } from '../collectError.js';

/** The parts of a trace event that the filter looks at. */
export interface FoundEvent {
  readonly name: string;
  readonly phase: string;
  readonly pid: number;
  /** NaN where the event has none. */
  readonly startUs: number;
  readonly durationUs: number;
  /** The function that posted the task, for a task of Chrome's; null for other events. */
  postedFrom(): string | null;
}

/**
 * Copies a trace without some of its events. All other bytes stay as they are. Events are found, not parsed.
 * @throws CollectError if the bytes are not a complete trace
 */
export async function* dropEvents(trace: AsyncIterable<Buffer>, drops: (event: FoundEvent) => boolean): AsyncGenerator<Buffer> {
  const filter = new EventFilter(drops);
  for await (const bytes of trace) yield filter.push(bytes);
  yield filter.finish();
}

class EventFilter implements DocumentSink {
  readonly #drops: (event: FoundEvent) => boolean;
  readonly #scanner = new Scanner();
  readonly #window = new ByteWindow(this.#scanner);
  readonly #document = new TraceDocument(this.#scanner, this);
  /** The bytes of the current window that are kept. */
  #pieces: Uint8Array[] = [];
  /** Start of the kept bytes that are not in a piece yet. */
  #from = 0;
  /** Bytes needed before the next attempt, so that a long event is not scanned again for every chunk. */
  #neededBytes = 1;
  /** Events were dropped and none kept yet, so the comma after them is dropped too. */
  #isLeading = false;
  #hasKept = false;

  constructor(drops: (event: FoundEvent) => boolean) {
    this.#drops = drops;
  }

  push(bytes: Uint8Array): Buffer {
    this.#window.append(bytes, this.#document.at);
    this.#document.at = 0;
    this.#from = 0;
    if (this.#scanner.limit >= this.#neededBytes) this.#advance(false);
    return this.#taken();
  }

  finish(): Buffer {
    this.#from = this.#document.at;
    this.#advance(true);
    if (!this.#document.mayEnd) throw new CollectError('Chrome’s trace ends before it is whole.');
    return this.#taken();
  }

  event(at: number): number {
    const scanner = this.#scanner;
    let name = '';
    let phase = '';
    let pid = Number.NaN;
    let startUs = Number.NaN;
    let durationUs = Number.NaN;
    let args = -1;
    for (let value = scanner.nextKey(at + 1); value >= 0; value = scanner.nextKey(scanner.skipValue(value))) {
      if (scanner.keyIs('name')) name = this.#text(value);
      else if (scanner.keyIs('ph')) phase = this.#text(value);
      else if (scanner.keyIs('pid')) pid = scanner.number(value);
      else if (scanner.keyIs('ts')) startUs = scanner.number(value);
      else if (scanner.keyIs('dur')) durationUs = scanner.number(value);
      else if (scanner.keyIs('args')) args = value;
    }
    const end = scanner.at;
    const postedFrom = (): string | null => {
      const value = scanner.find(args, 'src_func');
      return value < 0 ? null : this.#text(value);
    };
    if (this.#drops({ name, phase, pid, startUs, durationUs, postedFrom })) this.#drop(end);
    else this.#keep(at);
    return end;
  }

  notAnEvent(): void {
    throw new CollectError('Chrome’s trace holds something that is no event.');
  }

  legacySample(): void {}

  metadata(): void {}

  #drop(end: number): void {
    // Including what stands between it and the event before it.
    this.#take(this.#document.at);
    this.#from = end;
    this.#isLeading = !this.#hasKept;
  }

  #keep(at: number): void {
    if (this.#isLeading) this.#from = at;
    this.#isLeading = false;
    this.#hasKept = true;
  }

  #take(end: number): void {
    if (end > this.#from) this.#pieces.push(this.#scanner.bytes.subarray(this.#from, end));
  }

  /** A copy, because the window moves its bytes when more arrive. */
  #taken(): Buffer {
    this.#take(this.#document.at);
    return Buffer.concat(this.#pieces.splice(0));
  }

  #advance(isLast: boolean): void {
    try {
      this.#document.run(isLast);
    } catch (error) {
      if (error instanceof JsonSyntaxError)
        throw new CollectError(`Chrome’s trace cannot be read at byte ${error.atByte}: ${error.message}.`);
      if (error !== moreNeeded) throw error;
      this.#neededBytes = (this.#scanner.limit - this.#document.at) * 2;
    }
  }

  /** The characters of a string, without decoding; '' for any other value. The relevant names contain no escapes. */
  #text(value: number): string {
    const { bytes } = this.#scanner;
    if (bytes[value] !== 0x22) return '';
    const end = this.#scanner.skipString(value + 1) - 1;
    return Buffer.from(bytes.buffer, bytes.byteOffset + value + 1, end - value - 1).toString('latin1');
  }
}

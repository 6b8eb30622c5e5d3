import type { Manifest } from '../../src/bundle/manifest.js';
import { ByteWindow } from '../../src/trace/text/byteWindow.js';
import { Scanner } from '../../src/trace/text/scanner.js';
import { JsonSyntaxError, moreNeeded } from '../../src/trace/text/signals.js';
import { type DocumentSink, TraceDocument } from '../../src/trace/text/traceDocument.js';
import { CollectError } from '../collectError.js';
import { pollingEvent } from './pollingEvent.js';

export type Dropped = NonNullable<NonNullable<Manifest['trace']>['dropped']>;

/**
 * Passes a trace on without the events that are mere polling; all other bytes stay as they are. Events are found, not parsed.
 * @param done is told what was dropped, once the trace has ended
 * @throws CollectError if the bytes are no whole trace
 */
export async function* dropPolling(trace: AsyncIterable<Buffer>, done: (dropped: Dropped) => void): AsyncGenerator<Buffer> {
  const filter = new PollingFilter();
  for await (const bytes of trace) yield filter.push(bytes);
  yield filter.finish();
  done({ events: filter.events, names: [...filter.names].sort() });
}

class PollingFilter implements DocumentSink {
  events = 0;
  readonly names = new Set<string>();
  readonly #scanner = new Scanner();
  readonly #window = new ByteWindow(this.#scanner);
  readonly #document = new TraceDocument(this.#scanner, this);
  /** What is kept of the bytes at hand. */
  #pieces: Uint8Array[] = [];
  /** Where those bytes begin that are kept and are not in a piece yet. */
  #from = 0;
  /** Bytes that must be at hand before it is worth trying again: so that a long event is not looked at once per chunk. */
  #neededBytes = 1;
  /** Events were dropped and none kept yet: the comma behind them goes too. */
  #isLeading = false;
  #hasKept = false;

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
    let isComplete = false;
    let durationUs = Number.NaN;
    let args = -1;
    for (let value = scanner.nextKey(at + 1); value >= 0; value = scanner.nextKey(scanner.skipValue(value))) {
      if (scanner.keyIs('name')) name = this.#text(value);
      else if (scanner.keyIs('ph')) isComplete = this.#text(value) === 'X';
      else if (scanner.keyIs('dur')) durationUs = scanner.number(value);
      else if (scanner.keyIs('args')) args = value;
    }
    const end = scanner.at;
    const postedFrom = (): string | null => {
      const value = scanner.find(args, 'src_func');
      return value < 0 ? null : this.#text(value);
    };
    if (isComplete && pollingEvent({ name, durationUs, postedFrom: postedFrom() })) this.#drop(name, end);
    else this.#keep(at);
    return end;
  }

  notAnEvent(): void {
    throw new CollectError('Chrome’s trace holds something that is no event.');
  }

  legacySample(): void {}

  metadata(): void {}

  #drop(name: string, end: number): void {
    this.events++;
    this.names.add(name);
    // With what stands between it and the event before it.
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

  /** Copied: the window moves its bytes when the next come. */
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

  /** The letters of a string as they stand there; '' of any other value. The names that matter hold no escapes. */
  #text(value: number): string {
    const { bytes } = this.#scanner;
    if (bytes[value] !== 0x22) return '';
    const end = this.#scanner.skipString(value + 1) - 1;
    return Buffer.from(bytes.buffer, bytes.byteOffset + value + 1, end - value - 1).toString('latin1');
  }
}

import { recognizableBytes, recognize } from '../recognize.js';
import { TraceError } from '../traceError.js';
import * as byte from './bytes.js';
import type { Scanner } from './scanner.js';
import { JsonSyntaxError, moreNeeded } from './signals.js';
import { Skipper } from './skipper.js';

/** Who takes what the document holds. Positions are the scanner's; a callback may throw `moreNeeded` and is called again then. */
export interface DocumentSink {
  /** The event object at `at`; returns where it ends. */
  event(at: number): number;
  /** An element of traceEvents that is no object. */
  notAnEvent(): void;
  /** An element of the top-level `samples` of the legacy sampling format. */
  legacySample(): void;
  /** A string or number in metadata or otherData, at `at`. */
  metadata(key: string, at: number): void;
}

/** Keys of an event, beside `ph`: their values may be long. https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU */
const eventKeys = new Set(
  'args bind_id bp cat cname dur esf estack flow_in flow_out id id2 name pid s scope sf stack tdur tid ts tts'.split(' '),
);
/** How many bytes of an object are looked at for its `ph`, and of a value that no event is known to have. */
const firstEventBytes = 1 << 22;
const otherValueBytes = 200;

type State = 'start' | 'key' | 'elements' | 'skip' | 'end';

/**
 * The grammar around the events: the object form, with traceEvents and other keys in any order, the bare array, and events one
 * after the other without brackets (JSON lines). A state machine that can stop at any byte: `at` is where it goes on, and only what
 * lies after it must stay in the buffer.
 * Source: Trace Event Format, "JSON Object Format" and "JSON Array Format" (where the closing ] may be missing).
 */
export class TraceDocument {
  at = 0;
  /** True once traceEvents, the bare array or lines of events have begun. */
  hasEvents = false;
  /** Top-level keys, as far as they help to say what a document without traceEvents is. */
  readonly topKeys = new Set<string>();
  readonly #scanner: Scanner;
  readonly #sink: DocumentSink;
  readonly #skipper = new Skipper();
  #state: State = 'start';
  /** The state after what is being skipped. */
  #next: State = 'end';
  /** True for events that no object is around: a bare array, or lines. */
  #isBare = false;
  #isLines = false;
  #arrayIsSamples = false;
  /** Keys of the objects inside metadata that it is in, outermost first; null outside of it. */
  #path: string[] | null = null;

  constructor(scanner: Scanner, sink: DocumentSink) {
    this.#scanner = scanner;
    this.#sink = sink;
  }

  /** Reads on to the end of the bytes at hand, which it leaves by throwing `moreNeeded`. */
  run(isLast: boolean): never {
    for (;;) {
      if (this.#state === 'start') this.#start(isLast);
      else if (this.#state === 'key') this.#key();
      else if (this.#state === 'elements') this.#elements();
      else if (this.#state === 'skip') this.#skip();
      else this.#end();
    }
  }

  /** False as long as all was white space. */
  get hasBegun(): boolean {
    return this.#state !== 'start';
  }

  /** True if the input may end here: the document is closed, or bare events end between two of them. */
  get mayEnd(): boolean {
    const { bytes, limit } = this.#scanner;
    if (this.#state === 'end') return true;
    return this.#state === 'elements' && this.#isBare && bytes.subarray(this.at, limit).every(isSeparator);
  }

  #start(isLast: boolean): void {
    const scanner = this.#scanner;
    const { bytes, limit } = scanner;
    const atHand = bytes.subarray(this.at, limit);
    if (atHand.length < recognizableBytes(atHand) && !isLast) throw moreNeeded;
    const found = recognize(atHand);
    if (found) throw new TraceError(`Not a trace: byte ${scanner.base} on is ${found.is}. ${found.advice}`);
    const hasMark = bytes[this.at] === 0xef && bytes[this.at + 1] === 0xbb && bytes[this.at + 2] === 0xbf;
    const i = scanner.skipSpace(hasMark ? this.at + 3 : this.at);
    const isArray = bytes[i] === byte.openBracket;
    if (!isArray && bytes[i] !== byte.openBrace) scanner.unexpected(i, '{ or [');
    this.#isLines = !isArray && this.#isEvent(i, isLast);
    this.#isBare = isArray || this.#isLines;
    this.hasEvents = this.#isBare;
    this.#go(this.#isBare ? 'elements' : 'key', this.#isLines ? i : i + 1);
  }

  /** Whether the first object of the input is an event: it has a `ph`, before any long value that no event has. */
  #isEvent(at: number, isLast: boolean): boolean {
    const scanner = this.#scanner;
    let mostBytes = firstEventBytes;
    let from = at;
    try {
      for (let value = scanner.nextKey(at + 1); value >= 0; value = scanner.nextKey(from)) {
        if (scanner.keyIs('ph')) return true;
        const isKnown = eventKeys.has(this.#keyText());
        const isNested = (scanner.bytes[value]! | byte.braceBit) === byte.openBrace;
        if (isNested && !isKnown) return false;
        from = value;
        mostBytes = isKnown ? firstEventBytes : otherValueBytes;
        const end = scanner.skipValue(value);
        if (end - value > mostBytes) return false;
        from = end;
        mostBytes = firstEventBytes;
      }
    } catch (error) {
      if (error === moreNeeded && !isLast && scanner.limit - from <= mostBytes) throw error;
      if (error !== moreNeeded && !(error instanceof JsonSyntaxError)) throw error;
    }
    return false;
  }

  #key(): void {
    const scanner = this.#scanner;
    const value = scanner.nextKey(this.at);
    if (value < 0) {
      if (this.#path === null) this.#go('end', scanner.at);
      else {
        if (this.#path.pop() === undefined) this.#path = null;
        this.#go('key', scanner.at);
      }
      return;
    }
    const first = scanner.bytes[value]!;
    if (first === 0) scanner.unexpected(value, 'a value');
    const key = this.#keyText();
    if (this.#path === null) this.#topLevelValue(key, value, first);
    else this.#metadataValue(this.#path, key, value, first);
  }

  /** The key that the scanner found. */
  #keyText(): string {
    const { bytes, keyStart, keyEnd } = this.#scanner;
    return new TextDecoder().decode(bytes.subarray(keyStart, keyEnd));
  }

  #topLevelValue(key: string, value: number, first: number): void {
    if (this.topKeys.size < 64) this.topKeys.add(key.slice(0, 64));
    if (key === 'traceEvents') {
      if (first !== byte.openBracket) {
        const atByte = this.#scanner.base + value;
        throw new TraceError(`Not a trace: its traceEvents, at byte ${atByte}, is no array. Record or export the trace again.`);
      }
      this.hasEvents = true;
      this.#arrayIsSamples = false;
      this.#go('elements', value + 1);
    } else if (key === 'samples' && first === byte.openBracket) {
      this.#arrayIsSamples = true;
      this.#go('elements', value + 1);
    } else if ((key === 'metadata' || key === 'otherData') && first === byte.openBrace) {
      this.#path = [];
      this.#go('key', value + 1);
    } else this.#skipFrom(value, 'key');
  }

  #metadataValue(path: string[], key: string, value: number, first: number): void {
    if (first === byte.openBrace && path.length === 0) {
      path.push(key);
      this.#go('key', value + 1);
    } else if (first === byte.quote || first === byte.minus || (first >= byte.zero && first <= byte.nine)) {
      const end = this.#scanner.skipValue(value);
      this.#sink.metadata([...path, key].join('.'), value);
      this.#go('key', end);
    } else this.#skipFrom(value, 'key');
  }

  #elements(): void {
    const scanner = this.#scanner;
    const sink = this.#sink;
    for (;;) {
      const i = scanner.skipSeparators(this.at);
      const first = scanner.bytes[i]!;
      if (first === byte.closeBracket) {
        if (this.#isLines) scanner.unexpected(i, 'an event');
        this.#go(this.#isBare ? 'end' : 'key', i + 1);
        return;
      }
      if (first === 0) scanner.unexpected(i, 'an event');
      if (this.#arrayIsSamples) {
        this.at = scanner.skipValue(i);
        sink.legacySample();
      } else if (first === byte.openBrace) {
        this.at = sink.event(i);
      } else {
        sink.notAnEvent();
        this.#skipFrom(i, 'elements');
        return;
      }
    }
  }

  #skip(): void {
    const end = this.#skipper.resume(this.#scanner, this.at);
    if (end < 0) {
      this.at = this.#scanner.at;
      throw moreNeeded;
    }
    this.#go(this.#next, end);
  }

  #end(): never {
    const scanner = this.#scanner;
    const { bytes, limit } = scanner;
    let i = this.at;
    while (i < limit && bytes[i]! <= byte.space) i++;
    this.at = i;
    return scanner.unexpected(i, 'nothing after the end of the trace');
  }

  #skipFrom(at: number, next: State): void {
    this.#skipper.start();
    this.#next = next;
    this.#go('skip', at);
  }

  #go(state: State, at: number): void {
    this.#state = state;
    this.at = at;
  }
}

function isSeparator(value: number): boolean {
  return value <= byte.space || value === byte.comma;
}

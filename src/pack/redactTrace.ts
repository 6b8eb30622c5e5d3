import { describeDocument } from '../trace/describeDocument.js';
import { keptArgsOf } from '../trace/keptArgs.js';
import * as byte from '../trace/text/bytes.js';
import { DocumentReader } from '../trace/text/documentReader.js';
import { resolveEscapes } from '../trace/text/resolveEscapes.js';
import { Scanner } from '../trace/text/scanner.js';
import type { DocumentSink } from '../trace/text/traceDocument.js';
import { TraceError } from '../trace/traceError.js';
import type { Names } from './names.js';

/** Takes what is written. */
type Write = (text: string) => void;

/** What a text in an event's args is. */
type Leaf = 'url' | 'function' | 'title' | 'thread' | 'process' | 'timing' | 'context' | 'operator' | 'types' | 'id' | 'word';

/** What is kept of an object: its keys, and what is kept of their values. A list has the shape of its elements. */
interface Shape {
  readonly [key: string]: Shape | Leaf;
}

/** What texts at the paths of `keptArgs` are, by their last key; all others are words of Chrome's or numbers. */
const LEAVES: Readonly<Record<string, Leaf>> = {
  url: 'url',
  documentLoaderURL: 'url',
  requestId: 'id',
  functionName: 'function',
  handler: 'context',
  op_name: 'operator',
  input_type_shape: 'types',
  output_type_shape: 'types',
  frame: 'id',
  surface_frame_trace_id: 'id',
};

const callFrame: Shape = { functionName: 'function', url: 'url', codeType: 'word', lineNumber: 'id', columnNumber: 'id' };
const nodes: Shape = { id: 'id', parent: 'id', children: 'id', callFrame };
const chunk: Shape = { nodes, samples: 'id', timeDeltas: 'id' };
const report: Shape = {
  state: 'word',
  affects_smoothness: 'id',
  layer_tree_host_id: 'id',
  frame_source: 'id',
  frame_sequence: 'id',
  frame_type: 'word',
  has_main_animation: 'id',
  has_compositor_animation: 'id',
  surface_frame_trace_id: 'id',
};

/** What the reader takes from args beside `keptArgs`, by event name. */
const READ: Readonly<Record<string, Shape>> = {
  thread_name: { name: 'thread' },
  process_name: { name: 'process' },
  process_labels: { labels: 'title' },
  Profile: { data: { startTime: 'id' } },
  ProfileChunk: { data: { cpuProfile: chunk, ...chunk } },
  PipelineReporter: { frame_reporter: report, chrome_frame_reporter: report },
  TimeStamp: { data: { message: 'timing', name: 'timing', start: 'id', end: 'id' } },
};

/** Deeper nesting is in no trace of a browser. */
const MOST_DEEP = 32;

/**
 * Rewrites a trace with its names replaced, event by event. Of an event only what numbers are made of is kept: times, ids, names, and
 * the args that the reader takes. Nothing is held but the event at hand.
 */
export class TraceRedactor implements DocumentSink {
  readonly #scanner = new Scanner();
  readonly #reader = new DocumentReader(this.#scanner, this);
  readonly #names: Names;
  readonly #write: Write;
  /** By event name: what of its args is kept. */
  readonly #shapes = new Map<string, Shape | null>();
  #events = 0;
  #samples = 0;

  constructor(names: Names, write: Write) {
    this.#names = names;
    this.#write = write;
  }

  /** @returns false once reading has stopped. @throws TraceError if this is no trace */
  push(bytes: Uint8Array): boolean {
    return this.#reader.push(bytes);
  }

  /** @param cutReason why the bytes end before the input does, if they do. @throws TraceError if this is no trace */
  finish(cutReason?: string): void {
    const cut = this.#reader.end(cutReason);
    const found = { valid: this.#events, elements: this.#events, samples: this.#samples };
    const problem = describeDocument(this.#reader.document, found, cut);
    if (problem) throw new TraceError(problem);
    if (this.#events === 0) this.#write('{"traceEvents":[');
    // Of a trace that is cut the rest is missing here, too.
    if (!cut) this.#write(']}\n');
  }

  event(at: number): number {
    const end = this.#scanner.skipValue(at);
    this.#element(this.#event(at));
    return end;
  }

  notAnEvent(): void {
    this.#element('null');
  }

  legacySample(): void {
    this.#samples++;
  }

  /** Says what machine and browser it was, which the bundle says itself, and how it was started. */
  metadata(): void {}

  #element(json: string): void {
    this.#write(`${this.#events++ === 0 ? '{"traceEvents":[' : ','}\n${json}`);
  }

  #event(at: number): string {
    const scanner = this.#scanner;
    const found: Record<string, number> = {};
    for (let value = scanner.nextKey(at + 1); value >= 0; value = scanner.nextKey(scanner.skipValue(value))) {
      const key = FIELDS.find((field) => scanner.keyIs(field));
      if (key !== undefined) found[key] = value;
    }
    const fields: string[] = [];
    const add = (key: string, json: string): void => void fields.push(`"${key}":${json}`);
    const name = this.#textOf(found.name);
    const category = this.#textOf(found.cat) ?? '';
    const phase = this.#textOf(found.ph);
    if (phase !== null) add('ph', JSON.stringify(/^[A-Za-z(),=]$/.test(phase) ? phase : ''));
    if (name !== null) add('name', JSON.stringify(this.#eventName(name, category, phase)));
    if (found.cat !== undefined) add('cat', JSON.stringify(this.#names.category(category)));
    for (const key of NUMBERS) if (found[key] !== undefined) add(key, this.#leaf(found[key], 'id'));
    if (found.scope !== undefined) add('scope', this.#leaf(found.scope, 'word'));
    if (found.s !== undefined) add('s', this.#leaf(found.s, 'word'));
    if (found.id2 !== undefined) add('id2', this.#object(found.id2, { local: 'id', global: 'id' }, 0));
    const shape = found.args === undefined ? null : phase === 'C' ? 'counters' : this.#shapeOf(name ?? '');
    if (shape === 'counters') add('args', this.#counters(found.args!));
    else if (shape) add('args', this.#object(found.args!, shape, 0));
    return `{${fields.join(',')}}`;
  }

  /** Names of what only metadata events say are Chrome's, whatever their category. */
  #eventName(name: string, category: string, phase: string | null): string {
    return phase === 'M' && Object.hasOwn(READ, name) ? name : this.#names.event(name, category);
  }

  #shapeOf(name: string): Shape | null {
    let shape = this.#shapes.get(name);
    if (shape === undefined) {
      const own = Object.hasOwn(READ, name) ? READ[name]! : {};
      const kept = keptArgsOf(name).reduce<Shape>((all, path) => withPath(all, path.replaceAll('[]', '').split('.')), own);
      shape = Object.keys(kept).length > 0 ? kept : null;
      this.#shapes.set(name, shape);
    }
    return shape;
  }

  #object(at: number, shape: Shape, depth: number): string {
    const scanner = this.#scanner;
    const { bytes } = scanner;
    if (depth > MOST_DEEP) return 'null';
    if (bytes[at] === byte.openBracket) return this.#list(at, (element) => this.#object(element, shape, depth + 1));
    if (bytes[at] !== byte.openBrace) return this.#leaf(at, 'word');
    const isWasm = shape === callFrame && this.#isWasm(at);
    const entries: string[] = [];
    for (let value = scanner.nextKey(at + 1); value >= 0; value = scanner.nextKey(scanner.skipValue(value))) {
      const key = this.#keyIn(shape);
      if (key === undefined) continue;
      const inner = shape[key]!;
      const leaf = isWasm && inner === 'function' ? 'symbol' : inner;
      entries.push(`"${key}":${typeof leaf === 'string' ? this.#leaf(value, leaf) : this.#object(value, leaf, depth + 1)}`);
    }
    return `{${entries.join(',')}}`;
  }

  #keyIn(shape: Shape): string | undefined {
    for (const key in shape) if (this.#scanner.keyIs(key)) return key;
    return undefined;
  }

  #list(at: number, write: (element: number) => string): string {
    const scanner = this.#scanner;
    const elements: string[] = [];
    for (let element = scanner.nextElement(at + 1); element >= 0; element = scanner.nextElement(scanner.skipValue(element))) {
      elements.push(write(element));
    }
    return `[${elements.join(',')}]`;
  }

  /** Every key is the name of a series. */
  #counters(at: number): string {
    const scanner = this.#scanner;
    if (scanner.bytes[at] !== byte.openBrace) return '{}';
    const entries: string[] = [];
    for (let value = scanner.nextKey(at + 1); value >= 0; value = scanner.nextKey(scanner.skipValue(value))) {
      const key = this.#text(scanner.keyStart, scanner.keyEnd);
      if (!Number.isNaN(scanner.number(value)))
        entries.push(`${JSON.stringify(this.#names.counter(key))}:${this.#leaf(value, 'id')}`);
    }
    return `{${entries.join(',')}}`;
  }

  /** A text, by what it is; a number, true, false or null as it is. */
  #leaf(at: number, leaf: Leaf | 'symbol'): string {
    const { bytes } = this.#scanner;
    if (bytes[at] === byte.openBracket) {
      return this.#numbers(at) ?? this.#list(at, (element) => (isNested(bytes[element]!) ? 'null' : this.#leaf(element, leaf)));
    }
    if (bytes[at] === byte.openBrace) return 'null';
    const text = this.#textOf(at);
    if (text !== null) return JSON.stringify(leaf === 'word' ? this.#names.word(text) : this.#names[leaf](text));
    const scalar = this.#ascii(at, this.#scanner.skipValue(at));
    return /^(-?[\d.eE+-]{1,40}|true|false|null)$/.test(scalar) ? scalar : 'null';
  }

  /** A list of nothing but numbers, as it is; there may be a hundred thousand in it. Null for another list. */
  #numbers(at: number): string | null {
    const { bytes } = this.#scanner;
    const end = this.#scanner.skipValue(at);
    for (let i = at + 1; i < end - 1; i++) if (!IN_NUMBERS.has(bytes[i]!)) return null;
    return utf8.decode(bytes.subarray(at, end));
  }

  /** As analyzers/activity/wasmFunctions.ts tells it: by the type of the code, where there is one. */
  #isWasm(at: number): boolean {
    const codeType = this.#textOf(this.#find(at, 'codeType'));
    if (codeType !== null && codeType !== '') return codeType === 'wasm';
    return this.#textOf(this.#find(at, 'url'))?.startsWith('wasm://') ?? false;
  }

  #find(at: number, key: string): number | undefined {
    const found = this.#scanner.find(at, key);
    return found < 0 ? undefined : found;
  }

  /** Null where there is no text. */
  #textOf(at: number | undefined): string | null {
    if (at === undefined || this.#scanner.bytes[at] !== byte.quote) return null;
    return this.#text(at + 1, this.#scanner.skipString(at + 1) - 1);
  }

  #text(start: number, end: number): string {
    const { bytes } = this.#scanner;
    if (!bytes.subarray(start, end).includes(byte.backslash)) return utf8.decode(bytes.subarray(start, end));
    const resolved = new Uint8Array(end - start);
    return utf8.decode(resolved.subarray(0, resolveEscapes(bytes, start, end, resolved)));
  }

  #ascii(start: number, end: number): string {
    return String.fromCharCode(...this.#scanner.bytes.subarray(start, Math.min(end, start + 64)));
  }
}

const utf8 = new TextDecoder();
const NUMBERS = ['pid', 'tid', 'ts', 'dur', 'tdur', 'tts', 'id'] as const;
const FIELDS = ['args', 'cat', 'name', 'ph', 's', 'scope', 'id2', ...NUMBERS] as const;

const IN_NUMBERS = new Set(new TextEncoder().encode('0123456789.-, \n'));

const isNested = (first: number): boolean => (first | byte.braceBit) === byte.openBrace;

function withPath(shape: Shape, [key, ...rest]: readonly string[]): Shape {
  if (key === undefined) return shape;
  const inner = shape[key];
  return {
    ...shape,
    [key]: rest.length === 0 ? (LEAVES[key] ?? 'word') : withPath(typeof inner === 'object' ? inner : {}, rest),
  };
}

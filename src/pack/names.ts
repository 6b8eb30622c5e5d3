import { randomBytes } from 'node:crypto';
import { glob } from '../text/glob.js';
import { type NameKind, Pseudonyms } from './pseudonyms.js';
import { isPlainSymbol, redactSymbol } from './redactSymbol.js';
import { redactUrl } from './redactUrl.js';
import { shapeOf } from './shape.js';
import {
  fragments,
  isCategory,
  isEvent,
  isProcess,
  isThread,
  isTiming,
  isWord,
  prefixes,
  threadPrefixes,
} from './vocabulary/chrome.js';
import {
  isFrameworkMark,
  isOperator,
  isProvider,
  isSessionEvent,
  isTensorType,
  NODE_ENDINGS,
  TYPED_SHAPES,
} from './vocabulary/frameworks.js';
import { isCollector, isOwnPart, isPhrase, RESTED_UPON } from './vocabulary/own.js';
import { isApi, isApiCall } from './vocabulary/web.js';

/**
 * Says what becomes of each text of a bundle. A text stays only if it is known: a word of Chrome's, of a framework's or of ours. Every
 * other one becomes a pseudonym, which keeps what findings rest on and nothing else.
 */
export class Names {
  readonly pseudonyms = new Pseudonyms();
  /** What is left as it is, as it describes the machine. */
  readonly facts = new Set<string>();
  /** Every other text that is left as it is, without its numbers. */
  readonly kept = new Set<string>();
  readonly #mark: string | null;
  readonly #isMarked: (name: string) => boolean;

  /** @param mark the user timing that was named as inferences when the page was recorded; `*` stands for any text */
  constructor(mark: string | null = null) {
    this.#mark = mark;
    this.#isMarked = mark?.includes('*') ? glob(mark) : () => false;
  }

  url(url: string): string {
    return redactUrl(url, this.pseudonyms);
  }

  /** Of a script, or one that the browser or V8 shows for itself. */
  function(name: string): string {
    return this.#either(name, isApi, 'function', (n) => `function-${n}`);
  }

  /** Of a Wasm function, an import or an export. */
  symbol(name: string): string {
    return isPlainSymbol(name) ? this.#keep(name) : redactSymbol(name, this.pseudonyms);
  }

  /** `performance.mark()` and the like. Names that differ only in their numbers stay a series. */
  timing(name: string): string {
    if (name === '' || isTiming(name) || isFrameworkMark(name)) return this.#keep(name);
    if (name.startsWith('inferscope:')) return this.#parts(name, ':', (part) => this.ownPart(part));
    if (name === this.#mark && name.includes('*')) return 'marked-*';
    const shape = name.replace(/\d+/g, '*');
    const series = this.pseudonyms.of('series', shape, lettersOf);
    const stem = `${this.#isMarked(name) ? 'marked' : 'timing'}-${series}`;
    return this.pseudonyms.of('timing', name, (n) => (shape === name ? stem : `${stem}:${n}`));
  }

  /** A part of the name of one of our own user timings; the id of a run is one. */
  ownPart(part: string): string {
    return this.#either(part, isOwnPart, 'id', (n) => `run-${n}`);
  }

  /** The name of an event, by its categories. */
  event(name: string, categories: string): string {
    if (/(^|,)blink\.(user_timing|console)(,|$)/.test(categories)) return this.timing(name);
    if (name === '' || isEvent(name) || isSessionEvent(name)) return this.#keep(name);
    const ending = NODE_ENDINGS.find((each) => name.endsWith(each));
    if (ending !== undefined) return `${this.node(name.slice(0, -ending.length))}${ending}`;
    const stem = [prefixes.find((each) => name.startsWith(each)) ?? '', ...fragments.filter((each) => name.includes(each))];
    return this.pseudonyms.of('event', name, (n) => `${stem.join('')}event-${n}`);
  }

  /** Several are separated by commas. */
  category(categories: string): string {
    return this.#parts(categories, ',', (one) => this.#either(one, isCategory, 'category', (n) => `category-${n}`));
  }

  thread(name: string): string {
    const stem = threadPrefixes.find((each) => name.startsWith(each));
    return this.#either(name, isThread, 'thread', (n) => `${stem === undefined ? '' : `${stem} `}thread-${n}`);
  }

  process(name: string): string {
    return this.#either(name, isProcess, 'thread', (n) => `process-${n}`);
  }

  /** The name that the GPU process has for a context: who made it is in its begin. */
  context(name: string): string {
    const stem = /^\.?WebGL-|^WebGPU/.exec(name)?.[0] ?? '';
    return this.#either(
      name,
      () => false,
      'id',
      (n) => `${stem}context-${n}`,
    );
  }

  title(title: string): string {
    return this.#either(
      title,
      () => false,
      'title',
      (n) => `Title ${n}`,
    );
  }

  model(name: string): string {
    return this.#either(
      name,
      () => false,
      'model',
      (n) => `model-${n}`,
    );
  }

  /** An operator's type. Whether it is a convolution, and fused, decides what it computes. */
  operator(type: string): string {
    const stem = [/^Fused(?=[A-Z])/, /Depthwise/, /Conv/].flatMap((sign) => sign.exec(type)?.[0] ?? []).join('');
    return this.#either(type, isOperator, 'operator', (n) => `${stem}Operator${n}`);
  }

  /** An operator of the graph. */
  node(name: string): string {
    return this.#either(
      name,
      () => false,
      'node',
      (n) => `operator-${n}`,
    );
  }

  tensor(name: string): string {
    return this.#either(
      name,
      () => false,
      'tensor',
      (n) => `tensor-${n}`,
    );
  }

  /** What runs an operator. */
  provider(name: string): string {
    return isProvider(name) ? this.#keep(name) : this.phrase(name);
  }

  tensorType(name: string): string {
    return isTensorType(name) ? this.#keep(name) : this.phrase(name);
  }

  /** Types with shapes, as ONNX Runtime's profile writes them. */
  types(text: string): string {
    return text === '' || TYPED_SHAPES.test(text) ? text : '[]';
  }

  /** A call of a GPU's API. */
  call(name: string): string {
    const stem = /^(queue\.|mapAsync)/.exec(name)?.[0] ?? '';
    return this.#either(name, isApiCall, 'call', (n) => `${stem}call-${n}`);
  }

  /** A call stack as V8 writes it, a call a line. https://v8.dev/docs/stack-trace-api */
  stack(stack: string): string {
    return this.#parts(stack, '\n', (line) => this.#stackLine(line));
  }

  /** What a page said. Sentences of the browser's and of runtimes that findings rest on stay. */
  message(text: string): string {
    const kept = RESTED_UPON.flatMap((sign) => sign.exec(text)?.[0] ?? []);
    return this.#either(
      text,
      () => false,
      'message',
      (n) => [`message-${n}`, ...kept].join(': '),
    );
  }

  /** What a program of the GPU is called: some are called after their operator. */
  program(label: string): string {
    return this.#either(label, isOperator, 'node', (n) => `program-${n}`);
  }

  /** A class of things that a model finds. */
  label(name: string): string {
    return this.#either(
      name,
      () => false,
      'text',
      (n) => `class-${n}`,
    );
  }

  /** A word or a sentence of ours. */
  phrase(text: string): string {
    return this.facts.has(text) ? text : this.#either(text, isPhrase, 'text', (n) => `text-${n}`);
  }

  collector(name: string): string {
    return this.#either(name, isCollector, 'text', (n) => `collector-${n}`);
  }

  file(path: string): string {
    return this.#either(
      path,
      () => false,
      'file',
      (n) => `file-${n}`,
    );
  }

  /** A word by which Chrome says what an event is about. */
  word(text: string): string {
    return this.#either(text, isWord, 'text', (n) => `text-${n}`);
  }

  /** What a counter counts. */
  counter(name: string): string {
    return this.#either(name, isEvent, 'event', (n) => `series-${n}`);
  }

  /** An id that pairs events, or that a number stands for. */
  id(id: string): string {
    return /^-?(0x[0-9a-f]{1,16}|\d{0,20}(\.\d{1,10})?)$/i.test(id) ? id : this.pseudonyms.of('id', id, (n) => `id-${n}`);
  }

  /** A hash, which would tell what it is of. */
  hash(hash: string): string {
    return this.#either(
      hash,
      () => false,
      'hash',
      () => randomBytes(32).toString('hex'),
    );
  }

  /** What is known to be everybody's, and stays. */
  known(text: string): string {
    return this.#keep(text);
  }

  /** What describes the machine, and stays. */
  fact(text: string): string {
    if (text !== '') this.facts.add(text);
    return text;
  }

  #either(text: string, isKnown: (text: string) => boolean, kind: NameKind, make: (n: number) => string): string {
    return text === '' || isKnown(text) ? this.#keep(text) : this.pseudonyms.of(kind, text, make);
  }

  #keep(text: string): string {
    const shape = shapeOf(text);
    if (shape !== '' && shape !== '#') this.kept.add(shape);
    return text;
  }

  #parts(text: string, separator: string, redact: (part: string) => string): string {
    return text.split(separator).map(redact).join(separator);
  }

  #stackLine(line: string): string {
    const [, name, script, place = ''] = STACK_LINE.exec(line) ?? [];
    if (script === undefined)
      return this.#either(
        line,
        () => false,
        'text',
        (n) => `text-${n}`,
      );
    if (name === undefined) return `${this.url(script)}${place}`;
    const [, prefix = '', own = ''] = /^(async )?(.*)$/s.exec(name)!;
    const called = place.startsWith(':wasm-function') ? this.symbol(own) : this.function(own);
    return `${prefix}${called} (${this.url(script)}${place})`;
  }
}

/** `name (url:line:column)`, and for Wasm `name (url:wasm-function[index]:offset)`; without a name also without brackets. */
const STACK_LINE = /^(?:(.*?) )?\(?([^\s()]+?)(:\d+:\d+|:wasm-function\[\d+\]:0x[0-9a-f]+)\)?$/s;

/** 1 is a, 27 is aa. No digits, by which only the members of a series differ. */
function lettersOf(n: number): string {
  let letters = '';
  for (let left = n; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(97 + ((left - 1) % 26)) + letters;
  return letters;
}

import type { GpuRealm } from '../../../src/bundle/gpuLog.js';
import type { Method } from './replaceMethod.js';

/** Most rows kept, at some tens of bytes each. */
const MOST_ROWS = 500_000;
const MOST_ERRORS = 20;
const MOST_TEXT = 4000;

export interface CallFacts {
  readonly bytes?: number;
  readonly count?: number;
  readonly program?: number;
  /** See `contextOf`. */
  readonly context?: number;
  /** The stand-in for the API's function. If given, its caller's script and position are recorded. */
  readonly below?: Method | undefined;
}

/** Below this size, finding the caller costs more than the upload. */
const WORTH_LOCATING_BYTES = 16_384;

/** What is recorded about an upload. */
export const uploadFacts = (bytes: number, context: number, below: Method): CallFacts => ({
  bytes,
  context,
  below: bytes >= WORTH_LOCATING_BYTES ? below : undefined,
});

type Columns<T> = { -readonly [K in keyof T]-?: number[] };
type Asked = NonNullable<GpuRealm['asked']>[number];

/** Log of one realm's GPU calls. Adding to it is cheap: call stacks become text only when they are read. */
export class CallLog {
  readonly adapters: GpuRealm['adapters'] = [];
  readonly losses: GpuRealm['losses'] = [];
  readonly #asked: Asked[] = [];
  readonly #errors: string[] = [];
  readonly #names = new Map<string, number>();
  readonly #programs = new Map<string, number>();
  readonly #labels: GpuRealm['programs'] = [];
  readonly #stacks: (Stack | null)[] = [];
  readonly #calls: Columns<GpuRealm['calls']> = {
    name: [],
    atMs: [],
    tookMs: [],
    doneMs: [],
    bytes: [],
    count: [],
    site: [],
    program: [],
    context: [],
    heldBytes: [],
  };
  readonly #contexts = new WeakMap<object, number>();
  #contextCount = 0;
  readonly #passes: Columns<GpuRealm['passes']> = { call: [], startUs: [], durationUs: [] };
  readonly #clock: GpuRealm['clock'];
  #dropped = 0;
  #heldBytes = 0;
  /** Bound here, so that a later replacement by the page is not called. */
  readonly now = performance.now.bind(performance);

  constructor() {
    const mark = `inferscope:gpu:${Math.random().toString(36).slice(2)}`;
    // https://w3c.github.io/hr-time/#dfn-coarsen-time
    const stepMs = globalThis.crossOriginIsolated ? 0.005 : 0.1;
    this.#clock = { mark, atMs: performance.mark(mark).startTime, stepMs };
    performance.clearMarks(mark);
  }

  /** Runs a call and records it. @returns its result, and its row: -1 if the log is full */
  timed<T>(name: string, facts: CallFacts, call: () => T): { readonly result: T; readonly row: number } {
    const atMs = this.now();
    const result = call();
    return { result, row: this.#add(name, atMs, this.now() - atMs, facts) };
  }

  /** The same for a call that returns a promise; its settling is recorded too. */
  promised<T>(name: string, facts: CallFacts, call: () => Promise<T>): Promise<T> {
    const { result, row } = this.timed(name, facts, call);
    const done = (): void => {
      if (row >= 0) this.#calls.doneMs[row] = this.now();
    };
    result.then(done, done);
    return result;
  }

  /** @returns the program's row, which is the same for the same key */
  program(key: string, label: string): number {
    const known = this.#programs.get(key);
    if (known !== undefined) return known;
    this.#labels.push({ label: label.slice(0, MOST_TEXT), characters: key.length });
    this.#programs.set(key, this.#labels.length - 1);
    return this.#labels.length - 1;
  }

  /** Number of a WebGL context or a WebGPU device; of what belongs to a device, the device's. */
  contextOf(object: object): number {
    const known = this.#contexts.get(object);
    if (known !== undefined) return known;
    this.#contexts.set(object, this.#contextCount);
    return this.#contextCount++;
  }

  /** Notes that a queue or buffer is of a device. */
  belongs(object: object, device: object): void {
    this.#contexts.set(object, this.contextOf(device));
  }

  pass(call: number, startUs: number, durationUs: number): void {
    if (this.#passes.call.length >= MOST_ROWS) {
      this.#dropped++;
      return;
    }
    this.#passes.call.push(call);
    this.#passes.startUs.push(startUs);
    this.#passes.durationUs.push(durationUs);
  }

  /** Notes that buffers or textures of so many bytes were made, or freed if negative. */
  hold(bytes: number): void {
    this.#heldBytes += bytes;
  }

  /** Counts a request and its answer: null is a refusal. @returns a promise that settles as the given one does */
  asked<T>(what: Asked['what'], answer: Promise<T>): Promise<T> {
    return answer.then(
      (given) => {
        this.answered(what, given === null ? 'refused' : 'given');
        return given;
      },
      (error: unknown) => {
        this.answered(what, 'failed', error instanceof Error ? error.message : '');
        throw error;
      },
    );
  }

  answered(what: Asked['what'], answer: 'given' | 'refused' | 'failed', reason = ''): void {
    let known = this.#asked.find((one) => one.what === what);
    if (!known) {
      known = { what, count: 0, refused: 0, failed: 0, reason: '' };
      this.#asked.push(known);
    }
    known.count++;
    if (answer !== 'given') known[answer]++;
    known.reason ||= reason.slice(0, MOST_TEXT);
  }

  error(message: string): void {
    if (this.#errors.length < MOST_ERRORS) this.#errors.push(message.slice(0, MOST_TEXT));
  }

  /** Everything recorded so far, as plain data. */
  read(): GpuRealm {
    const sites = new Map<string, number>();
    const site = this.#stacks.map((stack) => {
      if (stack === null) return -1;
      const lines = scriptLines(stack);
      const known = sites.get(lines) ?? sites.size;
      sites.set(lines, known);
      return known;
    });
    return {
      clock: this.#clock,
      adapters: this.adapters,
      asked: this.#asked,
      losses: this.losses,
      errors: this.#errors,
      names: [...this.#names.keys()],
      sites: [...sites.keys()],
      programs: this.#labels,
      calls: { ...this.#calls, site },
      passes: this.#passes,
      dropped: this.#dropped,
    };
  }

  #add(
    name: string,
    atMs: number,
    tookMs: number,
    { bytes = -1, count = -1, program = -1, context = -1, below }: CallFacts,
  ): number {
    const { length } = this.#calls.name;
    if (length >= MOST_ROWS) {
      this.#dropped++;
      return -1;
    }
    let code = this.#names.get(name);
    if (code === undefined) {
      code = this.#names.size;
      this.#names.set(name, code);
    }
    this.#calls.name.push(code);
    this.#calls.atMs.push(atMs);
    this.#calls.tookMs.push(tookMs);
    this.#calls.doneMs.push(-1);
    this.#calls.bytes.push(bytes);
    this.#calls.count.push(count);
    this.#calls.program.push(program);
    this.#calls.context.push(context);
    this.#calls.heldBytes.push(this.#heldBytes);
    this.#stacks.push(below ? stackBelow(below) : null);
    return length;
  }
}

interface Stack {
  stack?: string;
}

/** Every frame costs time, and the innermost ones are enough. */
const FRAMES = 3;

/** The caller of a function. It becomes text only on demand. https://v8.dev/docs/stack-trace-api */
function stackBelow(called: Method): Stack {
  const stack: Stack = {};
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  Error.captureStackTrace(stack, called);
  Error.stackTraceLimit = stackTraceLimit;
  return stack;
}

function scriptLines({ stack = '' }: Stack): string {
  const lines = stack.split('\n').filter((line) => line.startsWith('    at '));
  return lines
    .map((line) => line.slice(7))
    .join('\n')
    .slice(0, MOST_TEXT);
}

import { type AnalyzerInput, NOTHING_BESIDE } from '../../analyzers/input.js';
import { TraceReader } from '../../src/trace/reader.js';
import type { Trace } from '../../src/trace/trace.js';
import { indexModule } from '../../src/wasm/indexModule.js';
import { moduleOf, op } from '../wasm/builder.js';

/** One function per class that a function can have. */
const bodies = {
  simd128: op.loop(op.vectorLoad(), op.vectorFloat()),
  relaxed: op.loop(op.vectorLoad(), op.relaxed()),
  scalar: op.loop(op.load(), op.float(), op.store()),
  atomic: op.loop(op.load(), op.float(), op.atomicAdd()),
  spin: op.loop(op.atomicLoad()),
  wait: op.wait(),
  copy: op.memoryCopy(),
  broken: [0xf5],
  /** A vector loop, and a scalar one that executes as many operators in each iteration. */
  mixed: [
    ...op.loop(op.vectorLoad(), op.vectorFloat(), op.vectorStore(), op.count()),
    ...op.loop(op.load(), op.float(), op.store(), op.count()),
  ],
};

export const moduleUrl = 'https://page.example/model.wasm';
export const scriptUrl = 'https://page.example/framework.js';
export const module = { url: moduleUrl, sha256: 'a'.repeat(64), bytes: moduleOf({ functions: Object.values(bodies) }) };
const { bodyStart } = indexModule(module.bytes);

/** A frame of a call stack, with those that called it. */
export interface Frame {
  readonly functionName: string;
  readonly url?: string;
  readonly lineNumber?: number;
  readonly columnNumber?: number;
  readonly codeType?: string;
  readonly caller?: Frame;
}

export const js: Frame = { functionName: 'run', url: scriptUrl, codeType: 'JS' };
export const program: Frame = { functionName: '(program)', codeType: 'other' };
export const idle: Frame = { functionName: '(idle)', codeType: 'other' };

/** A function of the tiny module, called by the framework's script. */
export function wasm(kind: keyof typeof bodies): Frame {
  const index = Object.keys(bodies).indexOf(kind);
  const place = { url: moduleUrl, columnNumber: bodyStart[index]!, codeType: 'wasm' };
  return { functionName: `wasm-function[${index}]`, ...place, caller: js };
}

interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

export const samplingMs = 0.2;
const usOf = (ms: number): number => Math.round(ms * 1000);

/** A thread of a built run. All times are milliseconds on the trace clock; what happens on it is given in any order. */
class ThreadBuilder {
  readonly #samples: (Stretch & { readonly frame: Frame })[] = [];
  readonly #offCpu: Stretch[] = [];
  readonly #silent: Stretch[] = [];
  readonly #events: (() => object[])[] = [];

  constructor(
    readonly pid: number,
    readonly tid: number,
    readonly name: string,
    readonly hasThreadTimes: boolean,
  ) {}

  /** The thread executes this, and is sampled. */
  executes(frame: Frame, startMs: number, endMs: number): this {
    this.#samples.push({ startMs, endMs, frame });
    return this;
  }

  /** The thread sleeps in this frame: sampled, but without CPU time. */
  sleeps(frame: Frame, startMs: number, endMs: number): this {
    this.#offCpu.push({ startMs, endMs });
    return this.executes(frame, startMs, endMs);
  }

  /** Another thread has the core: no CPU time, and no samples unless the sampler stops threads from outside. */
  preempted(startMs: number, endMs: number, { sampled = false } = {}): this {
    this.#offCpu.push({ startMs, endMs });
    if (!sampled) this.#silent.push({ startMs, endMs });
    return this;
  }

  slice(name: string, startMs: number, endMs: number): this {
    this.#events.push(() => [
      { ph: 'X', cat: 'v8', name, ...this.#place(startMs), dur: usOf(endMs - startMs), ...this.#cpu('tdur', startMs, endMs) },
    ]);
    return this;
  }

  task(startMs: number, endMs: number): this {
    return this.slice('RunTask', startMs, endMs);
  }

  mark(name: string, atMs: number): this {
    const cat = 'blink.user_timing';
    this.#events.push(() => [{ ph: 'I', s: 't', cat, name, ...this.#place(atMs), ...this.#cpu('tts', 0, atMs) }]);
    return this;
  }

  measure(name: string, startMs: number, endMs: number): this {
    const event = { cat: 'blink.user_timing', name, id: `0x${this.tid}${this.#events.length}` };
    this.#events.push(() => [
      { ph: 'b', ...event, ...this.#place(startMs) },
      { ph: 'e', ...event, ...this.#place(endMs) },
    ]);
    return this;
  }

  /** A frame, and what the compositor reports of it. */
  frame(frame_reporter: { readonly state: string }, startMs: number, endMs: number): this {
    const id2 = { local: `0x${this.tid}${this.#events.length}` };
    const event = { cat: 'cc,benchmark', name: 'PipelineReporter', id2 };
    return this.event({ ...event, ph: 'b', args: { frame_reporter } }, startMs).event({ ...event, ph: 'e' }, endMs);
  }

  /** What the harness writes for a phase: a measure between two marks. */
  phase(phase: string, startMs: number, endMs: number): this {
    const name = `inferscope:r1:${phase}`;
    return this.mark(`${name}:start`, startMs).measure(name, startMs, endMs).mark(`${name}:end`, endMs);
  }

  /** An event as it is, with its time. */
  event(event: object, atMs: number): this {
    this.#events.push(() => [{ ...this.#place(atMs), ...event }]);
    return this;
  }

  toEvents(): object[] {
    const named = { ph: 'M', name: 'thread_name', pid: this.pid, tid: this.tid, args: { name: this.name } };
    return [named, ...this.#events.flatMap((events) => events()), ...this.#profile()];
  }

  #profile(): object[] {
    if (this.#samples.length === 0) return [];
    const ids = new Map<string, number>();
    const nodes: object[] = [];
    const idOf = (frame: Frame | undefined): number => {
      if (!frame) return 0;
      const { caller, ...callFrame } = frame;
      const key = JSON.stringify(frame);
      const known = ids.get(key);
      if (known !== undefined) return known;
      const parent = idOf(caller);
      const id = ids.size + 1;
      ids.set(key, id);
      nodes.push({ id, ...(parent > 0 ? { parent } : {}), callFrame });
      return id;
    };
    const at: { us: number; id: number }[] = [];
    for (const { startMs, endMs, frame } of this.#samples) {
      for (let ms = startMs + samplingMs / 2; ms < endMs; ms += samplingMs) {
        if (!this.#silent.some((silent) => silent.startMs <= ms && ms < silent.endMs)) at.push({ us: usOf(ms), id: idOf(frame) });
      }
    }
    at.sort((a, b) => a.us - b.us);
    const profile = {
      ph: 'P',
      cat: 'disabled-by-default-v8.cpu_profiler',
      pid: this.pid,
      tid: this.tid,
      id: `0x${this.tid}`,
      ts: 0,
    };
    const timeDeltas = at.map(({ us }, i) => us - (at[i - 1]?.us ?? 0));
    const cpuProfile = { nodes, samples: at.map(({ id }) => id) };
    return [
      { ...profile, name: 'Profile', args: { data: { startTime: 0 } } },
      { ...profile, name: 'ProfileChunk', args: { data: { cpuProfile, timeDeltas } } },
    ];
  }

  #place(atMs: number): object {
    return { pid: this.pid, tid: this.tid, ts: usOf(atMs) };
  }

  #cpu(field: 'tts' | 'tdur', startMs: number, endMs: number): object {
    if (!this.hasThreadTimes) return {};
    const offMs = this.#offCpu.reduce(
      (sum, off) => sum + Math.max(0, Math.min(off.endMs, endMs) - Math.max(off.startMs, startMs)),
      0,
    );
    return { [field]: usOf(endMs - startMs - offMs) };
  }
}

/** A run whose trace is built event by event, written as JSON and read back: what is planted in it is known exactly. */
export class RunBuilder {
  readonly threads: ThreadBuilder[] = [];
  readonly #hasThreadTimes: boolean;

  constructor({ hasThreadTimes = true } = {}) {
    this.#hasThreadTimes = hasThreadTimes;
  }

  thread(name = 'DedicatedWorker thread', pid = 1): ThreadBuilder {
    const thread = new ThreadBuilder(pid, 10 + this.threads.length, name, this.#hasThreadTimes);
    this.threads.push(thread);
    return thread;
  }

  trace(): Trace {
    return readEvents(this.threads.flatMap((thread) => thread.toEvents()));
  }

  input(parts: Partial<AnalyzerInput> = {}): AnalyzerInput {
    const modules = [module];
    return {
      name: 'built',
      toolVersion: '0',
      ...NOTHING_BESIDE,
      symbols: null,
      trace: this.trace(),
      modules,
      mark: null,
      ...parts,
    };
  }
}

export function readEvents(traceEvents: readonly object[]): Trace {
  const reader = new TraceReader();
  reader.push(new TextEncoder().encode(JSON.stringify({ traceEvents })));
  return reader.finish();
}

export type { ThreadBuilder };

import type { Trace } from '../../../src/trace/trace.js';
import { gpuCalls } from '../../partition/causes/rules.js';
import { byName, sliceArgs } from '../findSlices.js';
import { firstWhere, lowerBound, rowsOfThread } from '../search.js';
import { type Span, union } from '../spans.js';
import { asksForAnswer } from './calls.js';
import type { RealmOnTrace } from './realm.js';

/** Commands that a thread handed to the GPU process, from when they were sent until they were taken up. */
export interface Sent extends Span<null> {
  /** Row of threads: who takes them up. */
  readonly toThread: number;
  /** Name that the GPU process has for the context they are for; null if the trace does not show it. Untrusted text. */
  readonly client: string | null;
}

const FLOW = 'GpuChannel::Flush';
/** The GPU process takes commands up for one context; its name is an argument. */
const TAKES_UP = 'CommandBufferService:PutChanged';
const READS_BACK = /[Rr]eadPixels/;

/**
 * Names of the contexts that scripts create. All others are Chrome's own, which paint the page:
 * https://chromium.googlesource.com/chromium/src/+/refs/heads/main/gpu/command_buffer/service/
 */
const WEBGL = /^\.?WebGL-/;
const WEBGPU = /^WebGPU/;

/** All commands that a thread handed to the GPU process, for whatever context, by time. */
export const sentCommands = (trace: Trace, owner: number): readonly Sent[] => sentOnce(trace).get(owner) ?? [];

/** By thread. It is asked for of every thread. */
const sentOnce = once((trace) => {
  const { columns, length } = trace.tables.flows;
  const takenUpUs = new Map<number, number[]>();
  const rows: number[] = [];
  for (let row = 0; row < length; row++) {
    if (columns.name.at(row) !== FLOW) continue;
    rows.push(row);
    append(takenUpUs, columns.toThread[row]!, columns.toUs[row]!);
  }
  const clientAt = new Map<number, (fromUs: number, untilUs: number) => string | null>();
  for (const [thread, all] of takenUpUs) {
    all.sort((a, b) => a - b);
    clientAt.set(thread, clients(trace, thread));
  }
  const sent = new Map<number, Sent[]>();
  for (const row of rows) {
    const toThread = columns.toThread[row]!;
    const endUs = columns.toUs[row]!;
    const all = takenUpUs.get(toThread)!;
    const nextUs = all[firstWhere(all.length, (i) => all[i]! > endUs)] ?? Number.POSITIVE_INFINITY;
    const client = clientAt.get(toThread)!(endUs, nextUs);
    append(sent, columns.fromThread[row]!, { toThread, startUs: columns.fromUs[row]!, endUs, value: null, client });
  }
  return sent;
});

function append<T>(lists: Map<number, T[]>, key: number, value: T): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}

/** Keeps what is found of a trace. */
function once<T extends object>(find: (trace: Trace) => T): (trace: Trace) => T {
  const known = new WeakMap<Trace, T>();
  return (trace) => {
    const found = known.get(trace) ?? find(trace);
    known.set(trace, found);
    return found;
  };
}

/** Returns the context for which a thread of the GPU process first takes commands up between two moments. */
function clients(trace: Trace, thread: number): (fromUs: number, untilUs: number) => string | null {
  const rows = takingUp(trace, thread);
  const atUs = rows.map(({ startUs }) => startUs);
  return (fromUs, untilUs) => {
    const first = rows[lowerBound(atUs, fromUs)];
    return first && first.startUs < untilUs ? first.value : null;
  };
}

const handlersOf = once((trace) => sliceArgs(trace, 'handler', 'text'));

/** When a thread of the GPU process worked on commands, by the name of the context they were for. */
function takingUp(trace: Trace, thread: number): Span<string>[] {
  const { columns } = trace.tables.slices;
  const handlers = handlersOf(trace);
  const [from, to] = rowsOfThread(columns.thread, thread);
  const found: Span<string>[] = [];
  for (let row = from; row < to; row++) {
    const value = columns.name.at(row) === TAKES_UP ? handlers.get(row) : undefined;
    const startUs = columns.startUs[row]!;
    // A context that is being made has no name yet. Within one another there are none.
    if (!value || startUs < (found.at(-1)?.endUs ?? startUs)) continue;
    found.push({ startUs, endUs: startUs + columns.durationUs[row]!, value });
  }
  return found;
}

/**
 * When a thread of the GPU process worked on commands for contexts that scripts created, WebGL’s and WebGPU’s, also while it waited for the
 * device. Sorted without overlap; empty without category `gpu`.
 */
export const scriptCommands = (trace: Trace, thread: number): Span<null>[] =>
  union(takingUp(trace, thread).filter(({ value }) => WEBGL.test(value) || WEBGPU.test(value)));

/**
 * Of the commands that a thread sent, those of its inferences. Contexts that scripts did not create paint the page. A context that
 * is never asked for an answer draws pictures, as an inference has to hand its outputs over.
 * @param sent all commands of the thread
 * @param stretches when inferences ran
 * @param realms recorded calls of GPU APIs
 */
export function commandsOfRun(
  trace: Trace,
  owner: number,
  sent: readonly Sent[],
  stretches: readonly Omit<Span<unknown>, 'value'>[],
  realms: readonly RealmOnTrace[],
): Sent[] {
  if (sent.length === 0) return [];
  const own = realms.filter(({ thread, log }) => thread === owner && log.calls.name.length > 0);
  const asked = own.length > 0 ? answersIn(own) : null;
  const webGl = new Set(sent.flatMap(({ client }) => (client !== null && WEBGL.test(client) ? [client] : [])));
  const isAsked = asked?.webGl ?? readsWebGl(trace, owner, stretches);
  const readBack = isAsked ? readBackIn(trace, sent, webGl) : new Set<string>();
  const usesApi = own.length > 0 || usesGpuApi(trace, owner);
  return sent.filter(({ client }) => {
    if (client === null) return usesApi;
    if (WEBGPU.test(client)) return asked?.webGpu ?? true;
    return webGl.has(client) && isAsked && (readBack.size === 0 || readBack.has(client));
  });
}

/** By API: whether a page asked for what it had computed. */
function answersIn(realms: readonly RealmOnTrace[]): { readonly webGl: boolean; readonly webGpu: boolean } {
  const names = realms.flatMap(({ log }) => log.names).filter(asksForAnswer);
  const isWebGpu = (name: string): boolean => name.startsWith('queue.') || name.startsWith('mapAsync');
  return { webGl: names.some((name) => !isWebGpu(name)), webGpu: names.some(isWebGpu) };
}

/** The same for WebGL, by Chrome's slices of a page's thread. */
const ASKS_WEBGL = /^GLES2(Implementation)?::(ReadPixels|Finish|ClientWaitSync|GetSync|GetBufferSubData|MapBuffer)/;

function readsWebGl(trace: Trace, owner: number, stretches: readonly Omit<Span<unknown>, 'value'>[]): boolean {
  const { columns } = trace.tables.slices;
  const asks = byName(columns.name, (name) => ASKS_WEBGL.test(name));
  const [from, to] = rowsOfThread(columns.thread, owner);
  return stretches.some(({ startUs, endUs }) => {
    for (let row = lowerBound(columns.startUs, startUs, from, to); row < to && columns.startUs[row]! < endUs; row++) {
      if (asks(row)) return true;
    }
    return false;
  });
}

/** Of several contexts those that the GPU process reads back; empty if its slices show that of none. */
function readBackIn(trace: Trace, sent: readonly Sent[], contexts: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  if (contexts.size < 2) return found;
  const { columns } = trace.tables.slices;
  const reads = byName(columns.name, (name) => READS_BACK.test(name));
  for (const thread of new Set(sent.map(({ toThread }) => toThread))) {
    const [from, to] = rowsOfThread(columns.thread, thread);
    for (const { startUs, endUs, value } of takingUp(trace, thread)) {
      if (!contexts.has(value) || found.has(value)) continue;
      for (let row = lowerBound(columns.startUs, startUs, from, to); row < to && columns.startUs[row]! < endUs; row++) {
        if (reads(row)) found.add(value);
      }
    }
  }
  return found;
}

/** Slices of a page's thread that only the APIs of scripts leave. Chrome's own contexts flush their commands there, too. */
const API = /^(WebGPUImplementation::|Dawn|GLES2)/;

/** Whether scripts of a thread call a GPU API, by its own slices and samples and by the contexts that it hands commands to. */
export const usesGpuApi = (trace: Trace, thread: number): boolean => users(trace).has(thread);

const users = once((trace) => {
  const { slices, callFrames } = trace.tables;
  const found = new Set<number>();
  const isApi = byName(slices.columns.name, (name) => API.test(name));
  for (let row = 0; row < slices.length; row++) if (isApi(row)) found.add(slices.columns.thread[row]!);
  const isCall = byName(callFrames.columns.function, (name) => gpuCalls.has(name));
  for (let frame = 0; frame < callFrames.length; frame++) if (isCall(frame)) found.add(callFrames.columns.thread[frame]!);
  for (const [thread, sent] of sentOnce(trace)) {
    if (sent.some(({ client }) => client !== null && (WEBGL.test(client) || WEBGPU.test(client)))) found.add(thread);
  }
  return found;
});

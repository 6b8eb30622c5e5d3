import type { Trace } from '../../src/trace/trace.js';
import { byName } from '../activity/findSlices.js';
import { rowsOfThread } from '../activity/search.js';
import { clip, flatten, overlay, type Span, union } from '../activity/spans.js';
import { gpu as gpuCauses } from '../partition/causes/index.js';
import { gpuProcessCause } from '../partition/causes/rules.js';
import { type CompileTier, compileSpans, type ThreadCompile } from '../runtime/compileSpans.js';
import type { PartId } from './parts.js';
import type { Request, Source } from './requests.js';

/** A visit on the trace clock: what is split, and by whose marks. */
export interface VisitSpan {
  readonly startUs: number;
  readonly endUs: number;
  /** Row of threads: the main thread of the page, and the one that infers. They may be the same. */
  readonly mainThread: number;
  readonly owner: number;
  /** Rows of all threads of the page's process. */
  readonly threads: readonly number[];
  /** Creating the session, and the first inference, where they are marked. */
  readonly setup: Stretch | null;
  readonly run: Stretch | null;
  /** Whether the steps are asked for one by one from outside the page. */
  readonly isDriven: boolean;
}

interface Stretch {
  readonly startUs: number;
  readonly endUs: number;
}

/** Time of Wasm compile work of a visit by kind, of all threads together; and what of it went on while a module was still downloaded, or did not hold anything up. */
export interface VisitCompile {
  readonly decodeMs: number;
  readonly lazyMs: number;
  readonly lazyFunctions: number;
  readonly codeCacheMs: number;
  readonly topTierMs: number;
}

/**
 * Says for each moment of a visit what was done or waited for, so that the parts sum to the whole. What the thread that infers does comes
 * first, then what the page's main thread does, then its other threads; where none of them has anything to do, what the GPU process does
 * for them; then requests that are on their way; then compiling on helper threads.
 */
export function timelineOf(trace: Trace, span: VisitSpan, requests: readonly Request[]): Span<PartId>[] {
  const { startUs, endUs, mainThread, owner, threads } = span;
  const compiled = compileSpans(trace, threads);
  const own = { trace, span, compiled, wasmOnItsWay: inFlight(requests, (each) => isWasm(each)) };
  const others = threads.filter((thread) => thread !== mainThread && thread !== owner);
  const workers = others.filter((thread) => isWorker(trace, thread));
  const layers: Span<PartId>[][] = [
    [{ startUs, endUs, value: 'unattributed' }],
    waitedRun(trace, span),
    driven(span),
    helperSpans(
      others.filter((thread) => !workers.includes(thread)),
      compiled,
    ),
    ...SOURCES.map(({ source, part }) =>
      inFlight(requests, (each) => (each.source ?? 'network') === source).map((stretch) => ({ ...stretch, value: part })),
    ),
    gpuSpans(trace, span),
    ...workers.map((thread) => threadParts(thread, own).map((each) => asOther(each))),
    ...[...new Set([mainThread, owner])].map((thread) => threadParts(thread, own)),
  ];
  return layers.map((layer) => clip(layer, startUs, endUs)).reduce((lower, upper) => overlay(lower, upper));
}

/** The last one counts where several are on their way. */
const SOURCES: readonly { readonly source: Source; readonly part: PartId }[] = [
  { source: 'memory cache', part: 'diskCache' },
  { source: 'disk cache', part: 'diskCache' },
  { source: 'service worker', part: 'serviceWorker' },
  { source: 'network', part: 'network' },
];

/** Stretches in which such a request was on its way. What is answered and never ends, such as a stream of events, is not waited for. */
function inFlight(requests: readonly Request[], wanted: (request: Request) => boolean): Span<null>[] {
  return union(
    requests.filter(wanted).map(({ sentUs, respondedUs, finishedUs }) => ({
      startUs: sentUs,
      endUs: finishedUs ?? respondedUs ?? Number.POSITIVE_INFINITY,
    })),
  );
}

export const isWasm = ({ url, mimeType }: Request): boolean =>
  mimeType === 'application/wasm' || /\.wasm$/.test(url.replace(/[?#].*$/s, ''));

/** Between two steps the harness waits for whoever asks for the next one. */
function driven({ startUs, isDriven, setup, run }: VisitSpan): Span<PartId>[] {
  if (!isDriven || !setup) return [];
  const before: Span<PartId>[] = [{ startUs, endUs: setup.startUs, value: 'harness' }];
  return run && run.startUs > setup.endUs ? [...before, { startUs: setup.endUs, endUs: run.startUs, value: 'harness' }] : before;
}

/** Where the page uses a GPU, its first inference also waits for the device, of which a trace shows little. */
function waitedRun(trace: Trace, { run, threads }: VisitSpan): Span<PartId>[] {
  return run && usesGpu(trace, threads) ? [{ ...run, value: 'run' }] : [];
}

const GPU_CALLS = /^(DawnClientSerializer::Flush|WebGPUImplementation::|GLES2Implementation::)/;

/** Whether one of these threads sends commands to a GPU. Frames of a page are sent by other ones. */
export function usesGpu(trace: Trace, threads: readonly number[]): boolean {
  const { columns } = trace.tables.slices;
  const isCall = byName(columns.name, (name) => GPU_CALLS.test(name));
  return threads.some((thread) => {
    if (!runsScripts(trace, thread)) return false;
    const [from, to] = rowsOfThread(columns.thread, thread);
    for (let row = from; row < to; row++) if (isCall(row)) return true;
    return false;
  });
}

const MAIN = 'CrRendererMain';
const WORKER = /^(DedicatedWorker|SharedWorker)/;

const isWorker = (trace: Trace, thread: number): boolean => WORKER.test(trace.tables.threads.columns.name.at(thread));

const runsScripts = (trace: Trace, thread: number): boolean =>
  isWorker(trace, thread) || trace.tables.threads.columns.name.at(thread) === MAIN;

const OF_TIER: Readonly<Partial<Record<CompileTier, PartId>>> = {
  decode: 'decode',
  other: 'decode',
  lazy: 'lazy',
  baseline: 'lazy',
  cache: 'codeCache',
  instantiate: 'instantiate',
  javascript: 'script',
};

/** Compiling on helper threads that something may wait for: nothing waits for the top tier, nor for code being written to the cache. */
function helperSpans(threads: readonly number[], compiled: ReadonlyMap<number, ThreadCompile>): Span<PartId>[] {
  return threads.reduce<Span<PartId>[]>((lower, thread) => {
    const spans = compiled.get(thread)?.spans ?? [];
    const waited = spans.flatMap(({ startUs, endUs, value: { tier } }) => {
      const part = tier === 'topTier' || tier === 'cache' || tier === 'javascript' ? undefined : OF_TIER[tier];
      return part ? [{ startUs, endUs, value: part }] : [];
    });
    return overlay(lower, waited);
  }, []);
}

/** JavaScript, by the outermost slice that runs it. */
const SCRIPT =
  /^(EvaluateScript|FunctionCall|RunMicrotasks|TimerFire|EventDispatch|v8\.(run|evaluateModule|callFunction|compile.*)|V8\.Execute|V8\.RunMicrotasks|FireAnimationFrame|FireIdleCallback)$/;

/** What a thread of the page does: its tasks, in them its scripts, in them what V8 compiles. */
function threadParts(
  thread: number,
  {
    trace,
    span,
    compiled,
    wasmOnItsWay,
  }: {
    readonly trace: Trace;
    readonly span: VisitSpan;
    readonly compiled: ReadonlyMap<number, ThreadCompile>;
    readonly wasmOnItsWay: readonly Span<null>[];
  },
): Span<PartId>[] {
  const { columns } = trace.tables.slices;
  const isScript = byName(columns.name, (name) => SCRIPT.test(name));
  const [from, to] = rowsOfThread(columns.thread, thread);
  const tasks: Span<PartId>[] = [];
  const scripts: Span<PartId>[] = [];
  for (let row = from; row < to; row++) {
    const isTask = columns.depth[row] === 0 && columns.unclosed[row] === 0;
    if (!isTask && !isScript(row)) continue;
    const startUs = columns.startUs[row]!;
    const endUs = startUs + columns.durationUs[row]!;
    if (isTask) tasks.push({ startUs, endUs, value: 'page' });
    if (isScript(row)) scripts.push({ startUs, endUs, value: 'script' });
  }
  const compile = (compiled.get(thread)?.spans ?? []).flatMap(({ startUs, endUs, value: { tier } }): Span<PartId>[] => {
    const part = OF_TIER[tier];
    return part ? [{ startUs, endUs, value: part }] : [];
  });
  const [decoding, otherCompile] = [
    compile.filter(({ value }) => value === 'decode'),
    compile.filter(({ value }) => value !== 'decode'),
  ];
  // What is decoded while bytes still come is hidden behind the download, which would take as long without it.
  const visible = decoding.flatMap((each) => cutBy(each, wasmOnItsWay));
  const hidden = decoding.flatMap(({ startUs, endUs }) => clip(wasmOnItsWay, startUs, endUs));
  const done = overlay(
    overlay(flatten(tasks), flatten(scripts)),
    [...visible, ...otherCompile].sort((a, b) => a.startUs - b.startUs),
  );
  const inPhases = done.flatMap((each) => byPhase(each, span, thread));
  return hidden.length === 0 ? inPhases : inPhases.flatMap((each) => cutBy(each, union(hidden)));
}

/** The parts of a span that lie outside of some stretches. */
function cutBy<T>({ startUs, endUs, value }: Span<T>, stretches: readonly Span<null>[]): Span<T>[] {
  const result: Span<T>[] = [];
  let from = startUs;
  for (const cut of clip(stretches, startUs, endUs)) {
    if (cut.startUs > from) result.push({ startUs: from, endUs: cut.startUs, value });
    from = cut.endUs;
  }
  if (from < endUs) result.push({ startUs: from, endUs, value });
  return result;
}

/** Work of the thread that infers is creating the session, or running, between the marks of that. */
function byPhase(each: Span<PartId>, { owner, setup, run }: VisitSpan, thread: number): Span<PartId>[] {
  if (thread !== owner || (each.value !== 'script' && each.value !== 'page')) return [each];
  const phases: Span<PartId>[] = [
    ...(setup ? [{ ...setup, value: 'session' as const }] : []),
    ...(run ? [{ ...run, value: 'run' as const }] : []),
  ];
  return phases.length === 0 ? [each] : overlay([each], clip(phases, each.startUs, each.endUs));
}

/** Of another thread only that it works, but for compiling. */
const asOther = (each: Span<PartId>): Span<PartId> =>
  each.value === 'lazy' || each.value === 'decode' || each.value === 'instantiate' ? each : { ...each, value: 'threads' };

/** What the GPU process does that a page may wait for, if the page uses a GPU. */
function gpuSpans(trace: Trace, { threads }: VisitSpan): Span<PartId>[] {
  if (!usesGpu(trace, threads)) return [];
  const { threads: rows, processes, slices } = trace.tables;
  const { columns } = slices;
  const partOf = byName(columns.name, (name): PartId | null => {
    const cause = gpuProcessCause(name);
    return cause === gpuCauses.compile.id ? 'pipelines' : cause === gpuCauses.transfer.id ? 'upload' : null;
  });
  let found: Span<PartId>[] = [];
  for (let thread = 0; thread < rows.length; thread++) {
    if (processes.columns.name.at(rows.columns.process[thread]!) !== 'GPU Process') continue;
    const [from, to] = rowsOfThread(columns.thread, thread);
    const own: Span<PartId>[] = [];
    for (let row = from; row < to; row++) {
      const part = partOf(row);
      if (part === null) continue;
      own.push({ startUs: columns.startUs[row]!, endUs: columns.startUs[row]! + columns.durationUs[row]!, value: part });
    }
    found = overlay(found, flatten(own));
  }
  return found;
}

/** What V8 compiled until then. */
export function compileOf(trace: Trace, { threads, startUs, endUs }: VisitSpan): VisitCompile {
  const sums = { decodeMs: 0, lazyMs: 0, lazyFunctions: 0, codeCacheMs: 0, topTierMs: 0 };
  for (const { spans, slices } of compileSpans(trace, threads).values()) {
    for (const { startUs: from, endUs: to, value } of clip(spans, startUs, endUs)) {
      const ms = (to - from) / 1000;
      if (value.tier === 'decode' || value.tier === 'other') sums.decodeMs += ms;
      if (value.tier === 'lazy' || value.tier === 'baseline') sums.lazyMs += ms;
      if (value.tier === 'cache') sums.codeCacheMs += ms;
      if (value.tier === 'topTier') sums.topTierMs += ms;
    }
    sums.lazyFunctions += slices.filter(
      ({ value, isPart, startUs: at }) => value.tier === 'lazy' && !isPart && at < endUs,
    ).length;
  }
  return sums;
}

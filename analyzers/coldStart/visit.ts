import { glob } from '../../src/text/glob.js';
import type { Trace } from '../../src/trace/trace.js';
import type { Span } from '../activity/spans.js';
import { closedMeasures } from '../windows/measures.js';
import { instantsOf, textOf } from './instantArgs.js';
import { type ModuleUse, modulesOf } from './modules.js';
import { type PartId, partIds, parts } from './parts.js';
import { type KeepingFacts, keepingFacts } from './reasons.js';
import { type Request, requestsOf } from './requests.js';
import { compileOf, timelineOf, usesGpu, type VisitCompile, type VisitSpan } from './timeline.js';

/** What stood before the first inference of a visit. Times are wall time from navigation. */
export interface StartPart {
  readonly id: PartId;
  readonly title: string;
  readonly ms: number;
  readonly share: number;
}

/** A request that the visit made before its first inference had ended. */
export interface StartRequest {
  /** Untrusted text. */
  readonly url: string;
  readonly type: string;
  readonly source: Request['source'];
  /** Null: not known. */
  readonly bytes: number | null;
  readonly startMs: number;
  /** Until all of it was there; null: it was not. */
  readonly ms: number | null;
}

/** One visit of a page, as far as its trace shows it. */
export interface ReadVisit {
  /** From navigation to the end of the first inference, or of loading; see `until`. */
  readonly totalMs: number;
  readonly until: Until;
  /** In the order of `parts`; they sum to the total. Parts without time are left out. */
  readonly parts: readonly StartPart[];
  /** When each part was on: stretches, short ones merged into what surrounds them. */
  readonly timeline: readonly { readonly part: PartId; readonly startMs: number; readonly endMs: number }[];
  readonly modules: readonly ModuleUse[];
  readonly requests: readonly StartRequest[];
  readonly requestsLeftOut: number;
  /** Bytes of responses by where they came from; those of which the size is not known are left out. */
  readonly bytes: { readonly network: number; readonly diskCache: number; readonly serviceWorker: number };
  /** Wasm compile work of all threads, hidden or not. */
  readonly compile: VisitCompile;
  readonly keeping: KeepingFacts;
  /** Whether the page sent commands to a GPU. */
  readonly usesGpu: boolean;
}

/** What ends a visit: the first inference as the harness marks it, the page’s own timing that is named to be one, or the last that was loaded or compiled. */
export type Until = 'first inference' | 'named timing' | 'rest';

export interface VisitMarks {
  /** Id of the harness run. */
  readonly runId: string | null;
  /** Name of the user timing that is an inference; `*` stands for any text. */
  readonly mark: string | null;
  /** Begin and end of the first inference, as something else found it. */
  readonly first: { readonly thread: number; readonly startUs: number; readonly endUs: number } | null;
}

const MOST_REQUESTS = 40;

/** @returns null where the trace does not show that a page was opened, or nothing of what it loaded */
export function readVisit(trace: Trace, marks: VisitMarks): ReadVisit | null {
  const begin = navigationOf(trace);
  if (!begin) return null;
  const pid = trace.tables.threads.columns.pid;
  const threads = Array.from(pid.keys()).filter((thread) => pid[thread] === pid[begin.thread]);
  const own = new Set(threads);
  const requests = requestsOf(trace).filter(
    ({ thread, sentUs }) => own.has(thread) && sentUs >= begin.atUs && !isOfServiceWorker(trace, thread),
  );
  if (requests.length === 0) return null;
  const ended = endOf(trace, begin, own, marks, requests);
  if (!ended || !(ended.span.endUs > begin.atUs)) return null;
  const { span, until } = ended;
  const whole: VisitSpan = { ...span, threads, mainThread: begin.thread, startUs: begin.atUs };
  const timeline = timelineOf(trace, whole, requests);
  const totalMs = (whole.endUs - whole.startUs) / 1000;
  const before = requests.filter(({ sentUs }) => sentUs < whole.endUs);
  return {
    totalMs,
    until,
    parts: partsOf(timeline, totalMs),
    timeline: drawn(timeline, whole.startUs, totalMs),
    modules: modulesOf(trace, requests, own, begin.atUs),
    requests: before.slice(0, MOST_REQUESTS).map((each) => ({
      url: each.url,
      type: each.type,
      source: each.source,
      bytes: each.bytes,
      startMs: (each.sentUs - whole.startUs) / 1000,
      ms: each.finishedUs === null ? null : (each.finishedUs - each.sentUs) / 1000,
    })),
    requestsLeftOut: Math.max(0, before.length - MOST_REQUESTS),
    bytes: {
      network: bytesFrom(before, 'network'),
      diskCache: bytesFrom(before, 'disk cache') + bytesFrom(before, 'memory cache'),
      serviceWorker: bytesFrom(before, 'service worker'),
    },
    compile: compileOf(trace, whole),
    keeping: keepingFacts(trace, own, begin.atUs),
    usesGpu: usesGpu(trace, threads),
  };
}

const bytesFrom = (requests: readonly Request[], source: Request['source']): number =>
  requests.reduce((sum, each) => sum + (each.source === source ? (each.bytes ?? 0) : 0), 0);

/** It asks for what the page has asked it for, which counts already. */
const isOfServiceWorker = (trace: Trace, thread: number): boolean =>
  trace.tables.threads.columns.name.at(thread).startsWith('ServiceWorker');

/** The first time that a page was opened over http. */
function navigationOf(trace: Trace): { readonly atUs: number; readonly thread: number } | null {
  const opened = instantsOf(trace, new Set(['navigationStart'])).find(
    (event) =>
      /^https?:/.test(textOf(event, 'data.documentLoaderURL') ?? '') && textOf(event, 'data.isOutermostMainFrame') !== 'false',
  );
  return opened ? { atUs: opened.atUs, thread: opened.thread } : null;
}

type Ended = Pick<VisitSpan, 'endUs' | 'owner' | 'setup' | 'run' | 'isDriven'>;

function endOf(
  trace: Trace,
  begin: { readonly atUs: number; readonly thread: number },
  threads: ReadonlySet<number>,
  { runId, mark, first }: VisitMarks,
  requests: readonly Request[],
): { readonly span: Ended; readonly until: Until } | null {
  const { columns } = trace.tables.userTiming;
  const timing = (wanted: (name: string) => boolean) => {
    for (const row of closedMeasures(trace)) {
      const startUs = columns.startUs[row]!;
      if (startUs < begin.atUs || !threads.has(columns.thread[row]!) || !wanted(columns.name.at(row))) continue;
      return { thread: columns.thread[row]!, startUs, endUs: startUs + columns.durationUs[row]! };
    }
    return null;
  };
  if (runId !== null) {
    const run = timing((name) => name === `inferscope:${runId}:warm-up:0`);
    const setup = timing((name) => name === `inferscope:${runId}:setup`);
    if (!run) return null;
    return { span: { endUs: run.endUs, owner: run.thread, setup, run, isDriven: true }, until: 'first inference' };
  }
  const run = mark === null ? null : timing(glob(mark));
  if (run) return { span: { endUs: run.endUs, owner: run.thread, setup: null, run, isDriven: false }, until: 'named timing' };
  if (first)
    return {
      span: { endUs: first.endUs, owner: first.thread, setup: null, run: first, isDriven: false },
      until: 'first inference',
    };
  const endUs = Math.max(
    ...requests.map(({ sentUs, respondedUs, finishedUs }) => finishedUs ?? respondedUs ?? sentUs),
    lastCompileUs(trace, threads),
  );
  return { span: { endUs, owner: begin.thread, setup: null, run: null, isDriven: false }, until: 'rest' };
}

/** When Wasm was last compiled that was called or loaded. */
function lastCompileUs(trace: Trace, threads: ReadonlySet<number>): number {
  const { columns, length } = trace.tables.slices;
  const counts = columns.name.strings.map((name) =>
    /^wasm\.(CompileLazy|FinishStreaming|AsyncInstantiate|SyncInstantiate|Deserialize)$/.test(name),
  );
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < length; row++) {
    if (!counts[columns.name.codes[row]!] || !threads.has(columns.thread[row]!)) continue;
    last = Math.max(last, columns.startUs[row]! + columns.durationUs[row]!);
  }
  return last;
}

function partsOf(timeline: readonly Span<PartId>[], totalMs: number): StartPart[] {
  const sums = new Map<PartId, number>();
  for (const { startUs, endUs, value } of timeline) sums.set(value, (sums.get(value) ?? 0) + (endUs - startUs) / 1000);
  return partIds.flatMap((id) => {
    const ms = sums.get(id) ?? 0;
    return ms > 0 ? [{ id, title: parts[id].title, ms, share: ms / totalMs }] : [];
  });
}

/** A chart has room for so many steps of time. */
const STEPS = 400;

/** Each step of time is drawn as what took most of it. */
function drawn(timeline: readonly Span<PartId>[], fromUs: number, totalMs: number): ReadVisit['timeline'] {
  const stepMs = totalMs / STEPS;
  const sums = Array.from({ length: STEPS }, () => new Map<PartId, number>());
  for (const { startUs, endUs, value } of timeline) {
    const [startMs, endMs] = [(startUs - fromUs) / 1000, (endUs - fromUs) / 1000];
    for (let step = Math.floor(startMs / stepMs); step < STEPS && step * stepMs < endMs; step++) {
      const ms = Math.min(endMs, (step + 1) * stepMs) - Math.max(startMs, step * stepMs);
      sums[step]!.set(value, (sums[step]!.get(value) ?? 0) + ms);
    }
  }
  const stretches: { part: PartId; startMs: number; endMs: number }[] = [];
  for (const [step, own] of sums.entries()) {
    const most = [...own].sort(([, a], [, b]) => b - a)[0]?.[0];
    if (most === undefined) continue;
    const last = stretches.at(-1);
    if (last?.part === most) last.endMs = (step + 1) * stepMs;
    else stretches.push({ part: most, startMs: step * stepMs, endMs: (step + 1) * stepMs });
  }
  return stretches;
}

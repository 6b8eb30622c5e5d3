import { samplesBetween } from '../activity/search.js';
import { threadLabel } from '../activity/threads.js';
import type { Window } from '../activity/window.js';
import { type CallSeries, callSeries, type OtherCall } from './callSeries.js';
import type { Finder, Search } from './finder.js';
import { gpuBursts } from './gpuBursts.js';
import { gpuReadbacks } from './gpuReadbacks.js';
import { scriptsSampled } from './measuredSeries.js';
import { asWindows, overlapping } from './measures.js';
import { alikeShare, bestSeries, type ThreadSeries } from './series.js';
import {
  endInTask,
  firstFrom,
  mostAroundUs,
  type OutermostTask,
  outermostTasks,
  startInTask,
  taskAt,
  usesOutputs,
} from './tasks.js';

/** Highest confidence. Hooks see that calls recur, but not what they compute. */
const MOST = 0.95;

/** Inferences by the records of hooks: calls into Wasm, and work for the GPU that ends with a read-back. */
export const hookedCalls: Finder = {
  looksFor: ({ wasmRealms, gpuRealms }) =>
    wasmRealms.length + gpuRealms.length === 0
      ? 'calls into Wasm and the GPU by hooks (there were none)'
      : 'calls into Wasm that come again, and work for the GPU that is read back, by hooks',
  isFinal: () => false,
  find: (search) => {
    const { trace } = search;
    const series = bestSeries(trace, [...wasmCalls(search), ...gpuReadbacks(search)]);
    if (series.length === 0) return null;
    const windows = asWindows(
      trace,
      series.flatMap(({ thread, spans }) => spans.map(({ startUs, endUs }) => ({ thread, startUs, endUs }))),
    );
    const descriptions = new Set(series.map(({ thread, what }) => `${what} on ${threadLabel(trace, thread)}`));
    const { confidence, alike, count, isKnown, sureness } = confidenceOf(series);
    return {
      windows,
      setup: null,
      warmup: null,
      source: `hooks: ${[...descriptions].join(', and ')}`,
      confidence,
      confidenceWhy: isKnown
        ? `Hooks saw the calls begin and end, and the runtime’s script says that they run a session: ${count} times.`
        : count < 2
          ? 'Hooks saw the calls, but not again, so nothing tells them from other work.'
          : `Hooks saw the calls begin and end; that they are inferences is known by their coming again: ${count} times, and of the later half ${(alike * 100).toFixed(0)} % are about as long as their median.${besides(sureness)}`,
    };
  },
};

/** That another module also computes again and again, as a tokenizer does or a model. */
const besides = (sureness: number): string =>
  sureness > SURE
    ? ''
    : ` They are calls of the Wasm module that takes the most time; others take ${((1 - sureness) * 100).toFixed(0)} % of what all take.`;

/** The rest is too little to be the model. */
const SURE = 0.99;

/**
 * Confidence of the least certain series: 0.95, times the part of its later half that is about as long as their median, times
 * n / (n + 1) for n spans, times the part of its module in the time of all modules. A series that is known to be inferences has 0.95.
 */
function confidenceOf(series: readonly ThreadSeries[]): {
  confidence: number;
  alike: number;
  count: number;
  isKnown: boolean;
  sureness: number;
} {
  const [least] = series
    .map(({ spans, isKnown = false, sureness = 1 }) => {
      // First inferences take longer, so only the later half counts.
      const alike = alikeShare(spans.slice(Math.floor(spans.length / 2)));
      const count = spans.length;
      const confidence = isKnown ? MOST : (MOST * alike * sureness * count) / (count + 1);
      return { confidence, alike, count, isKnown, sureness };
    })
    .sort((a, b) => a.confidence - b.confidence);
  return least!;
}

interface Span {
  readonly startUs: number;
  readonly endUs: number;
}

/** Resolution of the clock of a page that is not cross-origin isolated, µs. */
const EDGE_US = 100;
/** A call outside inferences is other work, such as loading the model, if its export usually takes this part of an inference. */
const OTHER_WORK = 0.1;

/**
 * Series of outermost calls into Wasm, as hooks recorded them. A span begins with the task that makes the inputs, or after the
 * model was loaded, or another module worked, in that task. It ends with the task that uses the outputs. If that task goes on with other
 * work, the span ends with the last call in it, which reads the outputs, or with the last sample of a function that is usual after
 * inferences. So it may hold work of the page before and after the model, as page.script: `latency/use.ts` tells these apart.
 */
function wasmCalls({ trace, wasmRealms }: Pick<Search, 'trace' | 'wasmRealms'>): ThreadSeries[] {
  return wasmRealms.flatMap((realm) => {
    const series = callSeries(realm);
    if (!series) return [];
    const tasks = outermostTasks(trace, realm.thread);
    const seen = series.spans.map((_, i) => seenInTask(series, i, tasks));
    const whole = seen.map(({ startUs, endUs, last }) =>
      last && usesOutputs({ startUs, endUs }, last) ? { startUs, endUs: Math.max(last.endUs, endUs) } : null,
    );
    const usual = new Set(
      whole.flatMap((span) => (span ? [...scriptsSampled(trace, realm.thread, span)] : [])).map(({ name }) => name),
    );
    const spans = seen.map(({ startUs, endUs, last }, i) => {
      if (whole[i] || !last) return whole[i] ?? { startUs, endUs };
      const behind = [...scriptsSampled(trace, realm.thread, { startUs: endUs, endUs: last.endUs })];
      return { startUs, endUs: endInTask({ startUs, endUs }, last, behind, (name) => usual.has(name)) };
    });
    return [{ ...series, spans }];
  });
}

/**
 * The span of an inference from the begin of its first task to the end of its last call.
 * @returns `last` is the task of the last call; null if there is none, or if other work follows in it
 */
function seenInTask(
  { spans, others }: CallSeries,
  i: number,
  tasks: readonly OutermostTask[],
): Span & { readonly last: OutermostTask | null } {
  const span = spans[i]!;
  const isWork = ({ usualUs }: OtherCall): boolean => usualUs >= OTHER_WORK * (span.endUs - span.startUs);
  const from = firstFrom(others, span.startUs);
  const highUs = spans[i + 1]?.startUs ?? Number.POSITIVE_INFINITY;
  const endedUs = spans[i - 1]?.endUs ?? Number.NEGATIVE_INFINITY;
  const before = others.slice(firstFrom(others, endedUs), from).findLast(isWork);
  const behind = others.slice(from, firstFrom(others, highUs)).find(isWork);
  const lowUs = Math.max(endedUs, before?.endUs ?? Number.NEGATIVE_INFINITY);
  const startUs = startInTask(span, lowUs, highUs, tasks, EDGE_US);
  const untilUs = Math.min(highUs, behind?.startUs ?? Number.POSITIVE_INFINITY);
  const endUs = lastCallEndUs(span, others, untilUs, tasks);
  const last = taskAt(tasks, endUs - EDGE_US / 2);
  return { startUs, endUs, last: last && last.endUs <= untilUs ? last : null };
}

/** When the last call of an inference ended. A later call in the same task may be the one that reads the outputs. */
function lastCallEndUs(span: Span, others: readonly OtherCall[], untilUs: number, tasks: readonly OutermostTask[]): number {
  const { startUs, endUs } = span;
  const task = taskAt(tasks, endUs - EDGE_US / 2);
  const taskEndUs = Math.min(task?.endUs ?? endUs, untilUs);
  const near = others.slice(firstFrom(others, endUs - EDGE_US), firstFrom(others, endUs + mostAroundUs(startUs, endUs, EDGE_US)));
  return Math.max(endUs, near.findLast((other) => !other.isForeign && other.endUs <= taskEndUs)?.endUs ?? endUs);
}

/** A thread with less than this part of another thread's computing samples does not count as computing. */
const LITTLE = 0.05;

/**
 * Moves windows to the thread that computes in them: a page may mark an inference on its main thread while a worker computes it.
 * A thread that submits work to the GPU counts as computing.
 */
export function ownedByWhoComputes(search: Search, windows: readonly Window[]): Window[] {
  const { trace } = search;
  const { pid } = trace.tables.threads.columns;
  const sampled = [...new Set(trace.tables.callFrames.columns.thread)];
  const onGpu = gpuBursts(search).map(({ thread }) => thread);
  const ownerOf = (thread: number): number => {
    if (onGpu.includes(thread)) return thread;
    const own = windows.filter((window) => window.thread === thread);
    const computing = (each: number): number => own.reduce((sum, window) => sum + computingSamples(search, each, window), 0);
    const [best] = sampled
      .filter((each) => pid[each] === pid[thread])
      .map((each) => ({ thread: each, samples: computing(each) }))
      .sort((a, b) => b.samples - a.samples);
    const samples = computing(thread);
    if (best && samples < LITTLE * best.samples) return best.thread;
    return samples > 0 ? thread : (onGpu.find((each) => pid[each] === pid[thread]) ?? thread);
  };
  const owners = new Map([...new Set(windows.map(({ thread }) => thread))].map((thread) => [thread, ownerOf(thread)]));
  return overlapping(
    trace,
    windows.map(({ thread, startUs, endUs }) => {
      const owner = owners.get(thread)!;
      return { thread: owner, startUs, endUs, ...(owner !== thread && { measuredOn: thread }) };
    }),
    ({ measuredOn }) => measuredOn,
  );
}

function computingSamples({ trace, functions }: Search, thread: number, { startUs, endUs }: Window): number {
  const [from, to] = samplesBetween(trace, thread, startUs, endUs);
  let count = 0;
  for (let row = from; row < to; row++) {
    const sampled = functions[trace.tables.samples.columns.frame[row]!];
    if (sampled && sampled.class !== 'wait' && sampled.class !== 'spin') count++;
  }
  return count;
}

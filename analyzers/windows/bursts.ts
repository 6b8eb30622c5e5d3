import { threadLabel } from '../activity/threads.js';
import type { Finder, FoundInferences } from './finder.js';
import { gpuBursts } from './gpuBursts.js';
import { asWindows } from './measures.js';
import { alikeShare, bestSeries, type ThreadSeries } from './series.js';
import { wasmBursts } from './wasmBursts.js';

/** Where nothing is marked and nothing was hooked: what comes in bursts, with the thread idle in between. A guess, and said to be one. */
export const bursts: Finder = {
  looksFor: () => 'bursts of Wasm in the CPU samples, and of work for the GPU that ends with something read back',
  isFinal: () => false,
  find: (search) => {
    const { trace } = search;
    const series = bestSeries(trace, [...gpuBursts(search), ...wasmBursts(search)]);
    if (series.length === 0) return null;
    // A trace's times are whole: what lies between is not known, and of huge ones cannot be told.
    const windows = asWindows(
      trace,
      series.flatMap(({ thread, spans }) =>
        spans.map(({ startUs, endUs }) => ({ thread, startUs: Math.round(startUs), endUs: Math.round(endUs) })),
      ),
    );
    const told = series.map(({ thread, what }) => `${what} on ${threadLabel(trace, thread)}`);
    return { windows, setup: null, warmup: null, source: `bursts of ${told.join(', and of ')}`, ...burstConfidence(series) };
  },
};
/** Bursts are a guess, however clear. */
const MOST = 0.9;
/** Of what is seen once it is not known that it is an inference. */
const ONCE = 0.2;

/**
 * How sure it is that bursts are inferences: how clearly idle times between them differ from those within, times the part of them that is
 * about as long as their median, times n / (n + 1) of n bursts, at most 0.9. With several threads, the least sure counts.
 */
function burstConfidence(series: readonly ThreadSeries[]): Pick<FoundInferences, 'confidence' | 'confidenceWhy'> {
  const [least] = series.map(confidenceOf).sort((a, b) => a.confidence - b.confidence);
  return least!;
}

function confidenceOf({ spans, boundary }: ThreadSeries): Pick<FoundInferences, 'confidence' | 'confidenceWhy'> {
  if (!boundary) return { confidence: ONCE, confidenceWhy: 'It was seen once, so nothing tells it from other work.' };
  const alike = alikeShare(spans);
  const clear = 1 - boundary.withinUs / boundary.betweenUs;
  const confidence = MOST * clear * alike * (spans.length / (spans.length + 1));
  const ms = (us: number): string => (us / 1000).toFixed(us < 10_000 ? 1 : 0);
  return {
    confidence,
    confidenceWhy: `Idle times between them are ${ms(boundary.betweenUs)} ms and more, within them ${ms(boundary.withinUs)} ms and less; ${(alike * 100).toFixed(0)} % of ${spans.length} are about as long as their median.`,
  };
}

import { threadLabel } from '../activity/threads.js';
import type { Finder, FoundInferences } from './finder.js';
import { gpuBursts } from './gpuBursts.js';
import { asWindows } from './measures.js';
import { alikeShare, bestSeries, type ThreadSeries } from './series.js';
import { wasmBursts } from './wasmBursts.js';

/** Takes bursts of work with idle time between them for inferences. This is a guess, for traces without marks or hooks. */
export const bursts: Finder = {
  looksFor: () => 'bursts of Wasm in the CPU samples, and of work for the GPU that ends with something read back',
  isFinal: () => false,
  find: (search) => {
    const { trace } = search;
    const series = bestSeries(trace, [...gpuBursts(search), ...wasmBursts(search)]);
    if (series.length === 0) return null;
    // A trace holds whole microseconds: fractions of them are not known, and huge times cannot represent them.
    const windows = asWindows(
      trace,
      series.flatMap(({ thread, spans }) =>
        spans.map(({ startUs, endUs }) => ({ thread, startUs: Math.round(startUs), endUs: Math.round(endUs) })),
      ),
    );
    const descriptions = series.map(({ thread, what }) => `${what} on ${threadLabel(trace, thread)}`);
    return {
      windows,
      setup: null,
      warmup: null,
      source: `bursts of ${descriptions.join(', and of ')}`,
      ...burstConfidence(series),
    };
  },
};
/** Highest confidence: even clear bursts are a guess. */
const MOST = 0.9;
/** Confidence in a burst that was seen only once. */
const ONCE = 0.2;

/**
 * Confidence that bursts are inferences. It is the product of three factors, times 0.9: how clearly idle times between bursts
 * differ from those within, the part of the bursts that is about as long as their median, and n / (n + 1) for n bursts. With
 * several threads, the lowest counts.
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

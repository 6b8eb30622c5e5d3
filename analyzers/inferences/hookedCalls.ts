import { threadLabel } from '../threadLabel.js';
import { alikeShare } from './alikeShare.js';
import { asWindows } from './asWindows.js';
import type { Finder } from './finder.js';
import { gpuReadbacks } from './gpuReadbacks.js';
import { bestSeries, type ThreadSeries } from './threadSeries.js';
import { wasmCalls } from './wasmCalls.js';

/** An inference is what hooks at the edge of the web platform saw to recur; what it computes they do not see. */
const MOST = 0.95;

/** Inferences by what hooks wrote down: calls into Wasm, and work for the GPU that is read back. */
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
    const told = new Set(series.map(({ thread, what }) => `${what} on ${threadLabel(trace, thread)}`));
    const { confidence, alike, count } = confidenceOf(series);
    return {
      windows,
      setup: null,
      warmup: null,
      source: `hooks: ${[...told].join(', and ')}`,
      confidence,
      confidenceWhy:
        count < 2
          ? 'Hooks saw the calls, but not again, so nothing tells them from other work.'
          : `Hooks saw the calls begin and end; that they are inferences is known by their coming again: ${count} times, and of the later half ${(alike * 100).toFixed(0)} % are about as long as their median.`,
    };
  },
};

/** Of the least sure: times the part of the later half that is about as long as their median, times n / (n + 1) of n. */
function confidenceOf(series: readonly ThreadSeries[]): { confidence: number; alike: number; count: number } {
  const [least] = series
    .map(({ spans }) => {
      // The first ones take longer, as everywhere.
      const alike = alikeShare(spans.slice(Math.floor(spans.length / 2)));
      return { confidence: (MOST * alike * spans.length) / (spans.length + 1), alike, count: spans.length };
    })
    .sort((a, b) => a.confidence - b.confidence);
  return least!;
}

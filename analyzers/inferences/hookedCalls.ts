import { threadLabel } from '../threadLabel.js';
import { asWindows } from './asWindows.js';
import type { Finder } from './finder.js';
import { gpuReadbacks } from './gpuReadbacks.js';
import { bestSeries } from './threadSeries.js';
import { wasmCalls } from './wasmCalls.js';

/** An inference is what hooks at the edge of the web platform saw to recur; what it computes they do not see. */
const CONFIDENCE = 0.9;
const ONCE = 0.4;

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
    const told = series.map(({ thread, what }) => `${what} on ${threadLabel(trace, thread)}`);
    const once = series.some(({ spans }) => spans.length < 2);
    return {
      windows,
      setup: null,
      warmup: null,
      source: `hooks: ${told.join(', and ')}`,
      confidence: once ? ONCE : CONFIDENCE,
      confidenceWhy: once
        ? 'Hooks saw the calls, but not again, so nothing tells them from other work.'
        : 'Hooks saw the calls begin and end; that they are inferences is known by their coming again.',
    };
  },
};

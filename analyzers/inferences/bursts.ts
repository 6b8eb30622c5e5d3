import { threadLabel } from '../threadLabel.js';
import { asWindows } from './asWindows.js';
import { burstConfidence } from './burstConfidence.js';
import type { Finder } from './finder.js';
import { gpuBursts } from './gpuBursts.js';
import { bestSeries } from './threadSeries.js';
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

import type { Trace } from '../../src/trace/trace.js';
import type { Finder } from './finder.js';
import { asWindows } from './measures.js';

type Span = Parameters<typeof asWindows>[1][number];

/**
 * Slices of ONNX Runtime's own profile (enableProfiling) in the category Session: runs of the model, loading it, and making the
 * session.
 * https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/core/session/inference_session.cc
 */
export function sessionSpans(trace: Trace, isWanted: (name: string) => boolean): Span[] {
  const { columns, length } = trace.tables.slices;
  const session = columns.category.strings.indexOf('Session');
  const spans: Span[] = [];
  if (session < 0) return spans;
  for (let row = 0; row < length; row++) {
    if (columns.category.codes[row] !== session || columns.unclosed[row] === 1 || !isWanted(columns.name.at(row))) continue;
    const startUs = columns.startUs[row]!;
    spans.push({ thread: columns.thread[row]!, startUs, endUs: startUs + columns.durationUs[row]! });
  }
  return spans.sort((a, b) => a.startUs - b.startUs);
}

/** Runs in a profile that ONNX Runtime wrote itself, natively or in a browser. */
export const ortProfile: Finder = {
  looksFor: () => 'runs in a profile of ONNX Runtime',
  isFinal: () => false,
  find: ({ trace }) => {
    const windows = asWindows(
      trace,
      sessionSpans(trace, (name) => name === 'model_run'),
    );
    if (windows.length === 0) return null;
    const setup = sessionSpans(trace, (name) => name === 'session_initialization' || name.startsWith('model_loading'));
    const [first, last] = [setup[0], setup.at(-1)];
    return {
      windows,
      setup: first && last ? (asWindows(trace, [{ ...first, endUs: last.endUs }])[0] ?? null) : null,
      warmup: null,
      source: 'the runs in ONNX Runtime’s own profile (model_run)',
      confidence: 0.95,
      confidenceWhy: 'ONNX Runtime writes an event for each run.',
    };
  },
};

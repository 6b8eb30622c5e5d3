import type { Finder } from './finder.js';
import { ownedByWhoComputes } from './hookedCalls.js';
import { recordedUntilUs } from './inRecording.js';
import { measureWindows } from './measures.js';

/**
 * ONNX Runtime Web calls console.time with these names if `ort.env.trace` is set:
 * https://github.com/microsoft/onnxruntime/blob/main/js/common/lib/trace.ts
 * Production builds of TensorFlow.js have no marks.
 */
const RUN = 'ORT::InferenceSession.run';
const CREATE = 'ORT::InferenceSession.create';

/** Inferences that the framework marks itself. */
export const frameworkMarks: Finder = {
  looksFor: () => 'marks of ONNX Runtime Web (ort.env.trace; TensorFlow.js makes none)',
  isFinal: () => false,
  find: (search) => {
    const { kind, name } = search.trace.tables.userTiming.columns;
    const named = (wanted: string) =>
      measureWindows(search.trace, (row) => name.at(row) === wanted && kind.at(row) === 'console', recordedUntilUs(search));
    const windows = named(RUN);
    if (windows.length === 0) return null;
    return {
      windows: ownedByWhoComputes(search, windows),
      setup: named(CREATE)[0] ?? null,
      warmup: null,
      source: 'ONNX Runtime’s own marks (ort.env.trace)',
      confidence: 0.95,
      confidenceWhy: 'The framework marks each run; a page could print the same, but none has a reason to.',
    };
  },
};

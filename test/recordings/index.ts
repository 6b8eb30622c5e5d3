import { BRIEFLY } from '../cli/runTrace.js';

/** Predictions of the default recording, in each of its passes. */
export const DEFAULT_ITERATIONS = 6;
/** Windows of the recording on the page's main thread. */
export const MAIN_ITERATIONS = 5;

/** What several tests look at, by the options of the `trace collect` that records it: one line more is one recording more. */
export const recordings = {
  // Of two processes, the one is timed before the trace pass and the other after it. Memory has tests of its own.
  default: ['--iterations', String(DEFAULT_ITERATIONS), '--processes', '2', '--passes', 'timing,trace,operators'],
  main: ['--model', 'mobilenet-v2', '--on', 'main', '--threads', '2', '--iterations', String(MAIN_ITERATIONS), ...BRIEFLY],
} as const satisfies Readonly<Record<string, readonly string[]>>;

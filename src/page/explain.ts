import { TraceLimitError } from '../trace/traceError.js';

/** Errors whose message is for the user. */
const EXPECTED = new Set(['BundleError', 'TraceError', 'SymbolsError']);

/** Why something could not be analyzed, in the words of the command line. Untrusted text. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof TraceLimitError) return `${error.message} This page keeps to the limit: use the command.`;
  if (EXPECTED.has(error.name)) return error.message;
  if (error instanceof RangeError && /alloc|array (buffer )?length/i.test(error.message))
    return `The browser has no more memory for this (${error.message}). Use the command: trace analyze.`;
  return `A fault of Inferscope itself (${error.name}): ${error.message} Please report it with what you gave.`;
}

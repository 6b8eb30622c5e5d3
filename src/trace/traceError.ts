/** The input cannot be read as a trace at all. The message says what it is instead, at which byte, and what to do. */
export class TraceError extends Error {
  override readonly name = 'TraceError';
}

/** The input is larger than what was allowed for it. The message says how to allow more. */
export class TraceLimitError extends TraceError {}

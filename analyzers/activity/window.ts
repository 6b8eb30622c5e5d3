/** The [start, end) of one iteration on the trace clock, and the thread that owns the call. */
export interface Window {
  readonly thread: number;
  readonly startUs: number;
  readonly endUs: number;
  /** Time in it that the owner was not running, for whatever reason, by the marks at its edges, µs; NaN where they do not tell. */
  readonly offCpuUs: number;
}

export interface FoundWindows {
  readonly windows: readonly Window[];
  readonly setup: Window | null;
  readonly warmup: Window | null;
  /** First inferences that stand out, the warm-up among them, where the phases were not marked; they are none of `windows`. */
  readonly leading: readonly Window[];
  /** Where they came from, in words; where there are none, what was looked for. */
  readonly source: string;
  /** From 0 to 1 that these are the inferences; null where none was found. */
  readonly confidence: number | null;
  readonly confidenceWhy: string | null;
  /** What was looked for, surest first, until something was found. */
  readonly lookedFor: readonly string[];
}

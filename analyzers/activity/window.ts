/** The [start, end) of one inference on the trace clock, and the thread that owns it. */
export interface Window {
  readonly thread: number;
  readonly startUs: number;
  readonly endUs: number;
  /** Row of threads: who measured it, if that is not the owner. */
  readonly measuredOn?: number;
  /** Time off the CPU of the owner, for any reason, by the marks at the window's edges, µs; NaN if they do not give it. */
  readonly offCpuUs: number;
}

export interface FoundWindows {
  /** By begin. Inferences that the page measured may overlap on a thread. */
  readonly windows: readonly Window[];
  readonly setup: Window | null;
  readonly warmup: Window | null;
  /** First inferences that stand out, the warm-up among them, if phases were not marked. `windows` does not hold them. */
  readonly leading: readonly Window[];
  /** What they were found by, in words; if there are none, what was looked for. */
  readonly source: string;
  /** Confidence from 0 to 1 that these are the inferences; null if none was found. */
  readonly confidence: number | null;
  readonly confidenceWhy: string | null;
  /** What was looked for until something was found, the most certain first. */
  readonly lookedFor: readonly string[];
}

/** Whether a run computed what the baseline computed from the same inputs. */
export interface OutputCheck {
  /** True if every output of the baseline is there, and within the tolerance. */
  readonly match: boolean;
  /** Largest `maxRelativeDifference` that counts as equal. */
  readonly tolerance: number;
  readonly outputs: readonly OutputDifference[];
}

export interface OutputDifference {
  readonly name: string;
  readonly shape: readonly number[];
  /**
   * Largest |run − baseline| over largest |baseline|, of this output; 0 for equal values of a type that is not floating point.
   * Null where no such number exists; `problem` says why.
   */
  readonly maxRelativeDifference: number | null;
  /** What is wrong with the output beyond a difference of numbers, or null: missing, another shape, NaN on one side. */
  readonly problem: string | null;
}

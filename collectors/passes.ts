/** Which passes a run makes. */
export interface Passes {
  /** Fresh processes of the timing pass; null: as many as the interval needs. */
  readonly replicates: number | null;
  readonly trace: boolean;
  /** Where each operator runs, and its time. */
  readonly kernels: boolean;
  readonly memory: boolean;
}

export const ALL_PASSES: Passes = { replicates: null, trace: true, kernels: true, memory: true };

/** One thing worth doing: why, and the command where there is one. */
export interface NextStep {
  readonly text: string;
  readonly command: string | null;
}

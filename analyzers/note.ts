export interface Note {
  readonly id: string;
  /** `warning`: a number above is doubtful; `lack`: a number is missing. */
  readonly level: 'warning' | 'lack' | 'info';
  readonly text: string;
}

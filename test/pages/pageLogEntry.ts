/** What a page wrote down of itself, in its global `log`; a page with a worker or frames has there what these told it. */
export interface PageLogEntry {
  /** Loading the model · the first inference · a later one. */
  readonly phase: 'load' | 'warm-up' | 'steady';
  /** performance.timeOrigin + performance.now() of the realm that inferred. */
  readonly startMs: number;
  readonly endMs: number;
}

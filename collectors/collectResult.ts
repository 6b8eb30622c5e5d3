/** What came of a recording. */
export interface CollectResult {
  readonly status: 'complete' | 'incomplete' | 'discarded';
  /** Why it is not complete. */
  readonly reason: string | null;
  /** What the bundle holds, in words. */
  readonly holds: string;
}

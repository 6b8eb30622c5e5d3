/** The result of a recording. */
export interface CollectResult {
  readonly status: 'complete' | 'incomplete' | 'discarded';
  /** Why it is incomplete. */
  readonly reason: string | null;
  /** A description of the bundle's contents. */
  readonly holds: string;
}

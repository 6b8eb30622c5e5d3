/** What went wrong. The first three are wrong usage, the others are states of the browser. */
export type AttachFault =
  | 'bad-endpoint'
  | 'remote-refused'
  | 'bad-pattern'
  | 'no-browser'
  | 'several-browsers'
  | 'unreachable'
  | 'not-a-browser'
  | 'name-refused'
  | 'not-confirmed'
  | 'no-tab'
  | 'several-tabs'
  | 'tab-silent'
  | 'tab-gone'
  | 'request-failed'
  | 'request-silent'
  | 'connection-lost'
  | 'stopped';

/** Attaching to the user's browser failed. The message tells the user what was found and what to do. */
export class AttachError extends Error {
  override readonly name = 'AttachError';

  constructor(
    readonly code: AttachFault,
    message: string,
  ) {
    super(message);
  }
}

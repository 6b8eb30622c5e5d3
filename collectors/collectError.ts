/** A failure of collecting that the user can act on. The message says what went wrong and what to do. */
export class CollectError extends Error {
  override readonly name = 'CollectError';
}

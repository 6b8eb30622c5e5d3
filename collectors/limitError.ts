/** A wait came to its limit. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
}

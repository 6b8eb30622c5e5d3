/** A comparison that cannot begin or go on. The message says what is wrong and what to do. */
export class CompareError extends Error {
  override readonly name = 'CompareError';
}

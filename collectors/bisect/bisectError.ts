/** A search among builds that cannot begin or go on. The message says what is wrong and what to do. */
export class BisectError extends Error {
  override readonly name = 'BisectError';

  constructor(
    message: string,
    /** Whether the command line cannot be meant as it is. */
    readonly mistyped = false,
  ) {
    super(message);
  }
}

/** A build of a framework that cannot be had. The message says what is wrong and what to do. */
export class BuildError extends Error {
  override readonly name = 'BuildError';

  constructor(
    message: string,
    /** Whether the command line cannot be meant as it is. */
    readonly mistyped = false,
  ) {
    super(message);
  }
}

/** A build that cannot be run, as a clause: a search skips it, unless it needs it. */
export class BuildLack extends Error {
  override readonly name = 'BuildLack';
}

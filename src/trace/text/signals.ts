/**
 * Thrown when the bytes at hand end inside a value: the caller goes back to where the value began and waits for more.
 * One object, so that throwing it costs no stack trace; it never leaves the reader.
 */
export const moreNeeded: Error = new Error('The value goes on after the bytes at hand');

/** The bytes are not JSON; reading stops there. It never leaves the reader: it becomes `cut`, or a TraceError. */
export class JsonSyntaxError extends Error {
  readonly atByte: number;

  constructor(atByte: number, reason: string) {
    super(reason);
    this.atByte = atByte;
  }
}

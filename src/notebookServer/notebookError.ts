/** A notebook cannot be served or built. The message says what is wrong and what to do. */
export class NotebookError extends Error {
  override readonly name = 'NotebookError';
}

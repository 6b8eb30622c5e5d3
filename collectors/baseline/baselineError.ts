/** The native baseline started and then failed: the model does not run natively, or its process ended. */
export class BaselineError extends Error {
  override readonly name = 'BaselineError';
}

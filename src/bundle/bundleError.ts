/** A bundle that cannot be read or written: the message names the file, what is wrong and what to do. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}

import { BundleError } from './bundleError.js';

/** That a file of a bundle or a study cannot be written, and what to do. */
export function unwritable(path: string, { message }: Error): BundleError {
  return new BundleError(`${path} cannot be written: ${message}. Free some space, or name another folder with --out.`);
}

import { type Bundle, bundleOf } from './bundle.js';
import { BundleError } from './bundleFiles.js';
import { openSource } from './openSource.js';

/**
 * Reads a run bundle: a folder, or a file that one is packed in.
 * @throws BundleError if it is no bundle, or its manifest is broken or has a schema that this version does not support
 */
export async function readBundle(path: string): Promise<Bundle> {
  const source = await openSource(path);
  if (source.kind === 'bundle') return bundleOf(source.files);
  throw new BundleError(`${path} is no run bundle. Give one that "trace collect" wrote.`);
}

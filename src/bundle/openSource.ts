import { stat } from 'node:fs/promises';
import { BundleError, MissingInputError } from './bundleFiles.js';
import { diskFolder } from './disk.js';
import { openTrace } from './readTraceFile.js';
import type { Source } from './sourceFile.js';
import { sourceOf } from './zip.js';

/**
 * What stands at a path: a bundle as a folder or packed in a zip, or a trace.
 * @throws BundleError or TraceError, with a message for the user
 */
export async function openSource(path: string): Promise<Source> {
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new MissingInputError(`${path} does not exist.`);
    throw new BundleError(`${path} cannot be read: ${error.message}`);
  });
  if (facts.isDirectory()) return { kind: 'bundle', files: diskFolder(path) };
  return sourceOf(await openTrace(path));
}

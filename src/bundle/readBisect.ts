import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Bisect, bisectFiles, bisectSchema } from './bisect.js';
import { BundleError } from './bundleFiles.js';
import { readWhole } from './openFile.js';

/** Whether a path is the folder of a search among builds. */
export async function isBisect(path: string): Promise<boolean> {
  return stat(join(path, bisectFiles.bisect)).then(
    (facts) => facts.isFile(),
    () => false,
  );
}

/** Reads `bisect.json` of a folder. @throws BundleError if it is missing, broken, or has a schema that this version does not support */
export async function readBisect(folder: string): Promise<Bisect> {
  const path = join(folder, bisectFiles.bisect);
  const content = await readWhole(path).catch((error: Error) => {
    throw new BundleError(`${path} cannot be read: ${error.message}`);
  });
  let json: unknown;
  try {
    json = JSON.parse(content.toString('utf8'));
  } catch (error) {
    throw new BundleError(
      `${path} is not valid JSON: ${(error as Error).message}. What was recorded is untouched: analyze each folder in ${bisectFiles.runs}/ by itself.`,
    );
  }
  const result = bisectSchema.safeParse(json);
  if (result.success) return result.data;
  throw new BundleError(`${path} is not what this version of Inferscope writes:\n${z.prettifyError(result.error)}`);
}

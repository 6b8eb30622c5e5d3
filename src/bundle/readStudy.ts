import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BundleError } from './bundleError.js';
import { type Study, studyFiles, studySchema } from './study.js';

/**
 * What stands in a study's folder about it.
 * @returns null if there is no `study.json` in the folder
 * @throws BundleError if it cannot be read, or is not what this version writes
 */
export async function readStudy(folder: string): Promise<Study | null> {
  const path = join(folder, studyFiles.study);
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code!)) return null;
    throw new BundleError(`${path} cannot be read: ${(error as Error).message}`);
  }
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    throw new BundleError(`${path} is not valid JSON: ${(error as Error).message}`);
  }
  const result = studySchema.safeParse(json);
  if (result.success) return result.data;
  throw new BundleError(`${path} is not what this version of Inferscope writes:\n${z.prettifyError(result.error)}`);
}

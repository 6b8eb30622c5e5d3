import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BundleError } from './bundleFiles.js';
import { readWhole } from './openFile.js';
import { type Study, studyFiles, studySchema } from './study.js';

/** Whether a path is the folder of a study. */
export async function isStudy(path: string): Promise<boolean> {
  return stat(join(path, studyFiles.study)).then(
    (facts) => facts.isFile(),
    () => false,
  );
}

/**
 * Reads `study.json` of a study's folder.
 * @throws BundleError if there is none, it is broken, or it has a schema that this version does not support
 */
export async function readStudy(folder: string): Promise<Study> {
  const path = join(folder, studyFiles.study);
  const content = await readWhole(path).catch((error: NodeJS.ErrnoException) => {
    throw new BundleError(
      error.code === 'ENOENT'
        ? `${folder} holds no ${studyFiles.study}, so it is no study. Give a folder that "trace study" wrote.`
        : `${path} cannot be read: ${error.message}`,
    );
  });
  let json: unknown;
  try {
    json = JSON.parse(content.toString('utf8'));
  } catch (error) {
    throw new BundleError(
      `${path} is not valid JSON: ${(error as Error).message}. Its runs are untouched: analyze each by its own folder in ${studyFiles.runs}/.`,
    );
  }
  const result = studySchema.safeParse(json);
  if (result.success) return result.data;
  throw new BundleError(`${path} is not what this version of Inferscope writes:\n${z.prettifyError(result.error)}`);
}

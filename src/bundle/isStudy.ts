import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { studyFiles } from './study.js';

/** Whether a path is the folder of a study. */
export async function isStudy(path: string): Promise<boolean> {
  return stat(join(path, studyFiles.study)).then(
    (facts) => facts.isFile(),
    () => false,
  );
}

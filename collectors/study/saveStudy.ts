import { join } from 'node:path';
import { type Study, studyFiles } from '../../src/bundle/study.js';
import { writeWhole } from '../../src/bundle/writeWhole.js';

/** Writes `study.json`, whole or not at all. @throws BundleError if it cannot be written */
export function saveStudy(folder: string, study: Study): Promise<void> {
  return writeWhole(join(folder, studyFiles.study), `${JSON.stringify(study, null, 2)}\n`);
}

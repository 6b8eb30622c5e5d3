import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StudyAnalysis } from '../analyzers/study/studyAnalysis.js';
import { arrowBytes } from './report/study/arrowBytes.js';
import { csvText } from './report/study/csvText.js';
import { studyTables } from './report/study/studyTables.js';

/** Writes each table of a study as `<name>.csv` and `<name>.arrow` into a folder, over those of an earlier analysis. */
export async function writeStudyTables(folder: string, analysis: StudyAnalysis): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const table of studyTables(analysis)) {
    await writeFile(join(folder, `${table.name}.csv`), csvText(table));
    await writeFile(join(folder, `${table.name}.arrow`), arrowBytes(table));
  }
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StudyAnalysis } from '../analyzers/study/index.js';
import { studyTables } from '../analyzers/study/views.js';
import { arrowBytes, csvText, dataOf } from './report/data.js';

/** Writes each table of a study as `<name>.csv` and `<name>.arrow` into a folder, and overwrites those of an earlier analysis. */
export async function writeStudyTables(folder: string, analysis: StudyAnalysis): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const table of studyTables(analysis).map(dataOf)) {
    await writeFile(join(folder, `${table.name}.csv`), csvText(table));
    await writeFile(join(folder, `${table.name}.arrow`), arrowBytes(table));
  }
}

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { StudyAnalysis } from '../analyzers/study/index.js';
import { studyTables } from '../analyzers/study/views.js';
import { replaceFile } from './bundle/replaceFile.js';
import { arrowBytes, csvText, dataOf } from './report/data.js';

/** Writes each table of a study as `<name>.csv` and `<name>.arrow` into a folder, and replaces those of an earlier analysis. */
export async function writeStudyTables(folder: string, analysis: StudyAnalysis): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const table of studyTables(analysis).map(dataOf)) {
    await replaceFile(join(folder, `${table.name}.csv`), (file) => file.writeFile(csvText(table)));
    await replaceFile(join(folder, `${table.name}.arrow`), (file) => file.writeFile(arrowBytes(table)));
  }
}

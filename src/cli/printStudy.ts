import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { analyzeStudy, type StudyAnalysis } from '../../analyzers/study/index.js';
import { studyTables } from '../../analyzers/study/views.js';
import type { Progress } from '../../collectors/progress.js';
import { BundleError } from '../bundle/bundleFiles.js';
import type { ReadLimits } from '../bundle/readTrace.js';
import { refuseLinks } from '../bundle/refuseLinks.js';
import { studyFiles } from '../bundle/study.js';
import { loadStudy } from '../loadStudy.js';
import { dataOf } from '../report/data.js';
import { renderStudyReport } from '../report/study/renderStudyReport.js';
import { renderStudyTerminal } from '../report/study/renderStudyTerminal.js';
import type { TerminalOptions } from '../report/terminal/screen.js';
import { inertJson } from '../text/inertJson.js';
import { writeTables } from '../writeTables.js';
import { whileDrawing } from './drawProgress.js';
import { sayReport } from './sayReport.js';
import { writeReport } from './writeReport.js';

interface PrintStudyOptions extends TerminalOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly open: boolean;
  /** File for the report; null for the one in the study's folder. */
  readonly out: string | null;
  readonly limits: ReadLimits;
}

/**
 * `trace analyze` of a study's folder: prints its results, and writes its report and its tables into it. With `json` the report
 * is written only where `out` names a file for it.
 * @throws BundleError if the study cannot be read, or its results cannot be written
 */
export async function printStudy(
  folder: string,
  { json, quiet, open, out, limits, ...terminal }: PrintStudyOptions,
): Promise<void> {
  const analysis = await analyzed(folder, limits, quiet);
  if (json) process.stdout.write(`${inertJson(analysis)}\n`);
  else if (!quiet) process.stdout.write(`${renderStudyTerminal(analysis, terminal)}\n`);
  const report = json && out === null ? null : resolve(out ?? join(folder, studyFiles.report));
  const tables = join(folder, studyFiles.tables);
  try {
    if (report !== null) await writeReport(report, (client) => renderStudyReport(analysis, client));
    await refuseLinks(folder, studyFiles.tables);
    await writeTables(tables, studyTables(analysis).map(dataOf), ['csv', 'arrow']);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new BundleError(
      `The study’s results cannot be written: ${error.message}. Make ${folder} writable, or copy it to where you can write.`,
    );
  }
  if (report !== null) sayReport(report, { quiet, open });
  if (!quiet) process.stderr.write(`Tables: ${pathToFileURL(resolve(tables)).href}/ (.csv and .arrow)\n`);
}

function analyzed(folder: string, limits: ReadLimits, quiet: boolean): Promise<StudyAnalysis> {
  const work = async (progress: Progress): Promise<StudyAnalysis> => {
    progress.step(`Reading ${folder}`);
    const input = await loadStudy(folder, {
      ...limits,
      onProgress: ({ read, of, next }) => progress.advance(read / of, `${read} of ${of} runs, ${next}`),
    });
    return analyzeStudy(input);
  };
  return whileDrawing(work, { quiet });
}

import { join, resolve } from 'node:path';
import { analyzeBisect, type BisectAnalysis } from '../../analyzers/bisect/index.js';
import type { Progress } from '../../collectors/progress.js';
import { bisectFiles } from '../bundle/bisect.js';
import { BundleError } from '../bundle/bundleFiles.js';
import type { ReadLimits } from '../bundle/readTrace.js';
import { loadBisect } from '../loadBisect.js';
import { renderBisectReport } from '../report/bisect/renderBisectReport.js';
import { renderBisectTerminal } from '../report/bisect/renderBisectTerminal.js';
import type { TerminalOptions } from '../report/terminal/screen.js';
import { inertJson } from '../text/inertJson.js';
import { whileDrawing } from './drawProgress.js';
import { sayReport } from './sayReport.js';
import { writeReport } from './writeReport.js';

interface PrintBisectOptions extends TerminalOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly open: boolean;
  /** File for the report; null for the one in the folder. */
  readonly out: string | null;
  readonly limits: ReadLimits;
}

/**
 * Prints what a search among builds found, and writes its report into its folder. With `json` the report is written only where `out`
 * names a file for it.
 * @throws BundleError if the search cannot be read, or its report cannot be written
 */
export async function printBisect(
  folder: string,
  { json, quiet, open, out, limits, ...terminal }: PrintBisectOptions,
): Promise<void> {
  const work = async (progress: Progress): Promise<BisectAnalysis> => {
    progress.step(`Reading ${folder}`);
    return analyzeBisect(await loadBisect(folder, { ...limits, onProgress: (version) => progress.advance(null, version) }));
  };
  const analysis = await whileDrawing(work, { quiet });
  if (json) process.stdout.write(`${inertJson(analysis)}\n`);
  else if (!quiet) process.stdout.write(`${renderBisectTerminal(analysis, terminal)}\n`);
  if (json && out === null) return;
  const report = resolve(out ?? join(folder, bisectFiles.report));
  await writeReport(report, (client) => renderBisectReport(analysis, client)).catch((error: Error) => {
    if (!('code' in error)) throw error;
    throw new BundleError(`The report cannot be written: ${error.message}. Name another file with --out.`);
  });
  sayReport(report, { quiet, open });
}

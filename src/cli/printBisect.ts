import { join } from 'node:path';
import { analyzeBisect, type BisectAnalysis } from '../../analyzers/bisect/index.js';
import type { Progress } from '../../collectors/progress.js';
import { bisectFiles } from '../bundle/bisect.js';
import type { ReadLimits } from '../bundle/readTrace.js';
import { loadBisect } from '../loadBisect.js';
import { bisectDocument } from '../report/document/bisectDocument.js';
import type { TerminalOptions } from '../report/terminal/screen.js';
import { whileDrawing } from './drawProgress.js';
import { printDocument } from './printDocument.js';

export interface PrintFolderOptions extends TerminalOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly open: boolean;
  /** File for the report; null for the one in the folder. */
  readonly out: string | null;
}

/**
 * Prints what a search among builds found, and writes its report into its folder. With `json` the report is written only where `out`
 * names a file for it.
 * @throws BundleError if the search cannot be read, or its report cannot be written
 */
export async function printBisect(
  folder: string,
  { out, limits, ...options }: PrintFolderOptions & { readonly limits: ReadLimits },
): Promise<void> {
  const work = async (progress: Progress): Promise<BisectAnalysis> => {
    progress.step(`Reading ${folder}`);
    return analyzeBisect(await loadBisect(folder, { ...limits, onProgress: (version) => progress.advance(null, version) }));
  };
  const analysis = await whileDrawing(work, options);
  const report = options.json && out === null ? null : (out ?? join(folder, bisectFiles.report));
  await printDocument(bisectDocument(analysis), analysis, { ...options, report });
}

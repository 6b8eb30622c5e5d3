import { join } from 'node:path';
import { analyzeCompare, type CompareAnalysis } from '../../analyzers/compare/index.js';
import { compareFiles } from '../bundle/compare.js';
import { loadCompare } from '../loadCompare.js';
import { compareDocument } from '../report/document/compareDocument.js';
import type { AnsweredDocument } from '../report/document/document.js';
import type { PrintFolderOptions } from './printBisect.js';
import { printDocument } from './printDocument.js';

/**
 * Prints a comparison, and writes its report into its folder. With `json` the report is written only where `out` names a file for it.
 * @returns what was printed
 * @throws BundleError if it cannot be read, or something cannot be written
 */
export async function printCompare(
  folder: string,
  { out, markdown, ...options }: PrintFolderOptions & { readonly markdown: string | null },
): Promise<{ readonly analysis: CompareAnalysis; readonly document: AnsweredDocument }> {
  const analysis = analyzeCompare(await loadCompare(folder));
  const document = compareDocument(analysis);
  const report = options.json && out === null ? null : (out ?? join(folder, compareFiles.report));
  await printDocument(document, analysis, { ...options, markdown, report });
  return { analysis, document };
}

import { join } from 'node:path';
import { analyze } from '../../analyzers/index.js';
import type { AnalyzerInput } from '../../analyzers/input.js';
import { bundleFiles } from '../../src/bundle/bundleFiles.js';
import { writeWhole } from '../../src/bundle/replaceFile.js';
import { renderMarkdown } from '../../src/report/renderMarkdown.js';
import { renderReport } from '../../src/report/renderReport.js';
import { renderTerminal } from '../../src/report/terminal/renderTerminal.js';
import { renderVerbose } from '../../src/report/terminal/renderVerbose.js';
import { inertJson } from '../../src/text/inertJson.js';

/** Everything that a terminal obeys instead of showing, but the end of a line. */
const OBEYED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Analyzes an input and renders it in every way, into a folder. @throws Error if what is printed could be obeyed */
export async function analyzeAndRender(input: AnalyzerInput, folder: string): Promise<void> {
  const analysis = analyze(input);
  const json = inertJson(analysis);
  JSON.parse(json);
  const screen = { width: 80, color: false };
  for (const text of [json, renderTerminal(analysis, screen), renderVerbose(analysis, screen)]) {
    const line = text.split('\n').find((each) => OBEYED.test(each));
    if (line !== undefined) throw new Error(`a terminal would obey this: ${JSON.stringify(line)}`);
  }
  renderMarkdown(analysis);
  await writeWhole(join(folder, bundleFiles.report), renderReport(analysis, ''));
}

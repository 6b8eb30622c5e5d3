import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { BundleError } from '../bundle/bundleFiles.js';
import { replaceFile } from '../bundle/replaceFile.js';
import type { AnsweredDocument } from '../report/document/document.js';
import { renderDocumentMarkdown } from '../report/document/renderDocumentMarkdown.js';
import { renderDocumentReport } from '../report/document/renderDocumentReport.js';
import { renderDocumentTerminal } from '../report/document/renderDocumentTerminal.js';
import type { TerminalOptions } from '../report/terminal/screen.js';
import { inertJson } from '../text/inertJson.js';
import { sayReport } from './sayReport.js';
import { writeReport } from './writeReport.js';

export interface PrintOptions extends TerminalOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly open: boolean;
  /** File for the report; null: it is not written. */
  readonly report: string | null;
  /** File for Markdown; null: none. */
  readonly markdown?: string | null;
}

/**
 * Prints a document, and writes its report. Where a step of GitHub’s Actions has a summary, it gets the document as Markdown, too.
 * @param analysis what is printed with `json`
 * @throws BundleError if a file cannot be written
 */
export async function printDocument(
  document: AnsweredDocument,
  analysis: unknown,
  { json, quiet, open, report, markdown = null, ...terminal }: PrintOptions,
): Promise<void> {
  if (json) process.stdout.write(`${inertJson(analysis)}\n`);
  else if (!quiet) process.stdout.write(`${renderDocumentTerminal(document, terminal)}\n`);
  if (markdown !== null)
    await written(
      'Markdown',
      '--markdown',
      replaceFile(markdown, (file) => file.writeFile(renderDocumentMarkdown(document))),
    );
  if (report === null) return;
  const path = resolve(report);
  await written(
    'report',
    '--out',
    writeReport(path, (client) => renderDocumentReport(document, client)),
  );
  sayReport(path, { quiet, open });
}

/** Adds a document to the summary that GitHub shows of a step, if this is one. @throws BundleError if it cannot be written */
export async function addToSummary(document: AnsweredDocument, summary = process.env.GITHUB_STEP_SUMMARY): Promise<void> {
  if (summary) await written('summary of the step', 'GITHUB_STEP_SUMMARY', appendFile(summary, renderDocumentMarkdown(document)));
}

async function written(what: string, option: string, work: Promise<void>): Promise<void> {
  await work.catch((error: Error) => {
    if (!('code' in error)) throw error;
    throw new BundleError(`The ${what} cannot be written: ${error.message}. Name another file with ${option}.`);
  });
}

import { join } from 'node:path';
import { analyzeApart, unlike } from '../../analyzers/compare/apart.js';
import { refuses } from '../../analyzers/compare/index.js';
import { analyze } from '../../analyzers/index.js';
import { BundleError } from '../bundle/bundleFiles.js';
import { compareFiles, type Limit } from '../bundle/compare.js';
import { loadInput } from '../loadInput.js';
import { toolVersion } from '../packageRoot.js';
import { compareDocument } from '../report/document/compareDocument.js';
import { shellQuoted } from '../text/shellQuoted.js';
import { DecodedModules } from '../wasm/decodedModules.js';
import { newBundleFolder } from './bundleFolder.js';
import { whileDrawing } from './drawProgress.js';
import { exitCodes, UsageError } from './explain.js';
import { addToSummary, printDocument } from './printDocument.js';
import { terminalOptions } from './terminalOptions.js';

export interface ApartRequest {
  readonly a: string;
  readonly b: string;
  readonly limits: readonly Limit[];
  readonly strict: boolean;
  readonly apart: boolean;
  readonly out: string | undefined;
  readonly markdown: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly open: boolean;
}

/**
 * Compares two bundles that were recorded apart. Limits are judged only where the user insists.
 * @throws UsageError for limits without that; it names the command that records both in turn
 * @throws BundleError if they cannot be read, or are of two things
 */
export async function compareApart({
  a,
  b,
  limits,
  strict,
  apart,
  out,
  markdown,
  json,
  quiet,
  open,
}: ApartRequest): Promise<void> {
  const decoded = new DecodedModules();
  const [was, is] = await whileDrawing(
    async (progress) => {
      const analyses = [];
      for (const path of [a, b]) {
        progress.step(`Reading ${path}`);
        analyses.push(analyze(await loadInput(path), decoded));
      }
      return analyses as [ReturnType<typeof analyze>, ReturnType<typeof analyze>];
    },
    { quiet },
  );
  const again = againText([was.command, is.command], limits);
  if (limits.length > 0 && !apart)
    throw new UsageError(
      `${a} and ${b} were recorded apart, so a limit cannot be judged: what the machine did in between counts as their difference, and fails one build in ten without a reason. Record them in turn${again === null ? '.' : `:\n\n${again}\n`}\nOr insist with --apart.`,
    );
  const different = unlike(was, is);
  if (different.length > 1)
    throw new BundleError(
      `${a} and ${b} differ in ${different.join(' and ')}: of more than one such difference nobody knows which made the time. Record both with one of them alike.`,
    );
  const analysis = analyzeApart({ toolVersion: toolVersion(), a: was, b: is, limits });
  const document = compareDocument(analysis);
  const folder = out ?? newBundleFolder('compare');
  await printDocument(document, analysis, {
    json,
    quiet,
    open,
    markdown: markdown ?? null,
    report: json && out === undefined ? null : join(folder, compareFiles.report),
    ...terminalOptions(),
  });
  await addToSummary(document);
  if (refuses(analysis.gate, strict)) process.exitCode = exitCodes.limitExceeded;
}

const COLLECT = /^(?:npx )?trace collect /;

/** The command that records both in turn; null where it cannot be written in a shell. */
function againText(commands: readonly (string | null)[], limits: readonly Limit[]): string | null {
  const sides = commands.map((command, place) => command && shellQuoted(`${'ab'[place]}=${command.replace(COLLECT, '')}`));
  if (sides.includes(null)) return null;
  const asked = limits.map(
    ({ figure, unit, atMost }) =>
      `--limit ${figure}=${unit === 'ratio' ? `${atMost * 100}%` : `+${unit === 'ms' ? `${atMost}ms` : `${atMost / 1e6}MB`}`}`,
  );
  return ['trace compare', ...sides, ...asked].join(' ');
}

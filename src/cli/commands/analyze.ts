import { mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cpuProfile } from '../../../analyzers/callTree/cpuProfile.js';
import { type Analysis, analysisOf, factsOf } from '../../../analyzers/index.js';
import type { Get } from '../../../analyzers/input.js';
import type { Progress } from '../../../collectors/progress.js';
import { bisectFiles } from '../../bundle/bisect.js';
import { BundleError, bundleFiles } from '../../bundle/bundleFiles.js';
import { compareFiles } from '../../bundle/compare.js';
import { isBisect } from '../../bundle/readBisect.js';
import { isCompare } from '../../bundle/readCompare.js';
import { isStudy } from '../../bundle/readStudy.js';
import type { ReadLimits } from '../../bundle/readTrace.js';
import { refuseLinks } from '../../bundle/refuseLinks.js';
import { replaceFile } from '../../bundle/replaceFile.js';
import { studyFiles } from '../../bundle/study.js';
import { type LoadOptions, loadInput } from '../../loadInput.js';
import { renderMarkdown } from '../../report/renderMarkdown.js';
import { renderReport } from '../../report/renderReport.js';
import { renderTerminal } from '../../report/terminal/renderTerminal.js';
import { renderTerminalComparison } from '../../report/terminal/renderTerminalComparison.js';
import { renderVerbose } from '../../report/terminal/renderVerbose.js';
import { inertJson } from '../../text/inertJson.js';
import { DecodedModules } from '../../wasm/decodedModules.js';
import { newestBundle, TRACES_FOLDER } from '../bundleFolder.js';
import { whileDrawing } from '../drawProgress.js';
import { explain, UsageError } from '../explain.js';
import type { Command } from '../lazyCommand.js';
import { parseSize } from '../parseOptions.js';
import { refuseOverwriting } from '../refuseOverwriting.js';
import { sayReport } from '../sayReport.js';
import { terminalOptions } from '../terminalOptions.js';
import { writeReport } from '../writeReport.js';

interface AnalyzeArguments {
  inputs: string[] | undefined;
  json: boolean;
  markdown: boolean;
  verbose: boolean;
  quiet: boolean;
  open: boolean;
  csv: string | undefined;
  mark: string | undefined;
  symbols: string | undefined;
  cpuprofile: string | undefined;
  out: string | undefined;
  'max-size'?: string | undefined;
  'max-memory'?: string | undefined;
}

export const analyzeCommand: Command<AnalyzeArguments> = {
  builder: (yargs) =>
    yargs
      .positional('inputs', {
        type: 'string',
        array: true,
        describe: `Run bundles (folders, or packed as .zip), traces (.json, .json.gz), or the folder of one study; by default the newest bundle in ${TRACES_FOLDER}/`,
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: 'File for the HTML report; by default in the bundle, or in traces/',
      })
      .option('open', { type: 'boolean', default: false, describe: 'Open the report in your browser' })
      .option('verbose', {
        type: 'boolean',
        default: false,
        describe: 'Print all that is known instead of a summary: each question in brief, every cause, note and step',
      })
      .option('quiet', {
        type: 'boolean',
        default: false,
        describe: 'Print errors and the path of the report, nothing else',
      })
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'Print one JSON document instead of a summary ("trace schema" describes it)',
      })
      .option('markdown', {
        type: 'boolean',
        default: false,
        describe: 'Print Markdown instead of a summary, as for a comment or a build’s summary',
      })
      .option('csv', {
        type: 'string',
        requiresArg: true,
        describe: 'Folder into which every table of the report is written as CSV',
      })
      .option('cpuprofile', {
        type: 'string',
        requiresArg: true,
        describe: 'File for the CPU samples of the thread that infers, which DevTools and speedscope open',
      })
      .option('mark', {
        type: 'string',
        requiresArg: true,
        describe: 'Name of the user-timing measures that are inferences; * stands for any text',
      })
      .option('symbols', {
        type: 'string',
        requiresArg: true,
        describe: 'Names for a stripped Wasm module: an Emscripten symbol map, or the unstripped module',
      })
      .option('max-size', {
        type: 'string',
        requiresArg: true,
        defaultDescription: '2GB',
        describe: 'What a compressed trace may inflate to',
      })
      .option('max-memory', {
        type: 'string',
        requiresArg: true,
        defaultDescription: '500MB',
        describe: 'Memory that the tables of a trace may take',
      })
      .group(['out', 'open', 'verbose', 'quiet', 'json', 'markdown', 'csv', 'cpuprofile'], 'Output:')
      .group(['mark', 'symbols', 'max-size', 'max-memory'], 'Input:'),
  async handler(args) {
    refuseMisuse(args);
    const paths = args.inputs?.length ? args.inputs : [await newestBundle()];
    if (args.out !== undefined)
      await refuseOverwriting(args.out, [...paths, ...(args.symbols === undefined ? [] : [args.symbols])]);
    if (args.cpuprofile !== undefined) await refuseOverwriting(args.cpuprofile, paths, '--cpuprofile');
    const studies = await Promise.all(paths.map(isStudy));
    const limits = limitsOf(args);
    if (studies.includes(true)) return analyzeAsStudy(paths, args, limits);
    if ((await Promise.all(paths.map(isBisect))).includes(true)) return analyzeAsBisect(paths, args, limits);
    if ((await Promise.all(paths.map(isCompare))).includes(true)) return analyzeAsCompare(paths, args);
    if (args.cpuprofile !== undefined && paths.length > 1)
      throw new UsageError('--cpuprofile is for one recording: name a single one.');
    const { cpuprofile, quiet } = args;
    const analyses = await analyzeAll(
      paths,
      { ...limits, mark: args.mark ?? null, symbols: args.symbols ?? null },
      cpuprofile === undefined ? null : (get) => writeCpuProfile(cpuprofile, get, quiet),
      quiet,
    );
    if (analyses.length === 0) return;
    // The shape depends on how many were asked for, not on how many could be read.
    if (args.json) process.stdout.write(`${inertJson(paths.length === 1 ? analyses[0] : analyses)}\n`);
    else if (args.markdown) process.stdout.write(analyses.map(renderMarkdown).join('\n'));
    else if (!quiet) process.stdout.write(terminal(analyses, args.verbose));
    if (args.csv !== undefined) await writeCsv(args.csv, analyses, quiet);
    if ((args.json || args.markdown) && args.out === undefined) return;
    const report = resolve(args.out ?? (await defaultReport(analyses)));
    await writeReport(report, (client) => renderReport(analyses, client)).catch((error: Error) => {
      if (!('code' in error)) throw error;
      throw new BundleError(`The report cannot be written: ${error.message}. Name another file with --out.`);
    });
    sayReport(report, args);
  },
};

/** @throws UsageError where options exclude each other */
function refuseMisuse({ json, markdown, verbose, quiet, open, out }: AnalyzeArguments): void {
  if (json && markdown) throw new UsageError('Name --json or --markdown: only one of them can be printed.');
  if (verbose && quiet) throw new UsageError('Name --verbose or --quiet, not both.');
  const instead = json ? '--json' : markdown ? '--markdown' : null;
  if (verbose && instead) throw new UsageError(`--verbose prints more of the summary, and ${instead} prints none: leave it out.`);
  if (open && instead && out === undefined)
    throw new UsageError(`--open opens the report, which is not written with ${instead}: name a file for it with --out.`);
}

/** @throws BundleError if there are no samples, or the file cannot be written */
async function writeCpuProfile(path: string, get: Get, quiet: boolean): Promise<void> {
  const profile = get.maybe(cpuProfile);
  if (!profile) throw new BundleError(`${path} was not written. ${get.why(cpuProfile)?.text ?? 'No thread was sampled.'}`);
  await mkdir(dirname(resolve(path)), { recursive: true })
    .then(() => replaceFile(path, (file) => file.writeFile(JSON.stringify(profile))))
    .catch((error: Error) => {
      throw new BundleError(`The CPU profile cannot be written: ${error.message}. Name another file with --cpuprofile.`);
    });
  if (!quiet) process.stderr.write(`CPU profile: ${pathToFileURL(resolve(path)).href}\n`);
}

/** Each of several inputs has a folder of its own in it. */
async function writeCsv(folder: string, analyses: readonly Analysis[], quiet: boolean): Promise<void> {
  await refuseLinks(folder);
  // Only they need the libraries that write tables.
  const { tablesOf, writeTables } = await import('../../writeTables.js');
  try {
    for (const [place, analysis] of analyses.entries()) {
      const own = analyses.length === 1 ? folder : join(folder, `input-${place + 1}`);
      await writeTables(own, tablesOf(analysis), ['csv']);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new BundleError(`The tables cannot be written: ${error.message}. Name another folder with --csv.`);
  }
  if (!quiet) process.stderr.write(`Tables: ${pathToFileURL(resolve(folder)).href}/\n`);
}

function limitsOf({ 'max-size': maxSize, 'max-memory': maxMemory }: AnalyzeArguments): ReadLimits {
  return {
    ...(maxSize !== undefined && { maxInflatedBytes: parseSize('--max-size', maxSize) }),
    ...(maxMemory !== undefined && { maxTableBytes: parseSize('--max-memory', maxMemory) }),
  };
}

/** @throws UsageError where a study is combined with other inputs, or gets an option for single runs */
async function analyzeAsStudy(
  paths: readonly string[],
  { json, markdown, csv, mark, symbols, cpuprofile, out, verbose, quiet, open }: AnalyzeArguments,
  limits: ReadLimits,
): Promise<void> {
  if (paths.length > 1) throw new UsageError('A study is analyzed alone: name one study, or bundles and traces.');
  if (mark !== undefined || symbols !== undefined || cpuprofile !== undefined)
    throw new UsageError(
      `--mark, --symbols and --cpuprofile are for single runs; those of a study are in ${join(paths[0]!, studyFiles.runs)}/.`,
    );
  if (markdown || csv !== undefined)
    throw new UsageError(
      `--markdown and --csv are for single runs; a study’s tables are written into ${join(paths[0]!, studyFiles.tables)}/ anyway: leave it out.`,
    );
  if (verbose) throw new UsageError('--verbose is for single runs; of a study everything is printed anyway.');
  // Only a study needs the libraries that write its tables.
  const { printStudy } = await import('../printStudy.js');
  await printStudy(paths[0]!, { json, quiet, open, out: out ?? null, limits, ...terminalOptions() });
}

/** @throws UsageError where a search among builds is combined with other inputs, or gets an option for single runs */
async function analyzeAsBisect(
  paths: readonly string[],
  { json, markdown, csv, mark, symbols, cpuprofile, out, verbose, quiet, open }: AnalyzeArguments,
  limits: ReadLimits,
): Promise<void> {
  if (paths.length > 1) throw new UsageError('A search among builds is analyzed alone: name one, or bundles and traces.');
  if (markdown || csv !== undefined || mark !== undefined || symbols !== undefined || cpuprofile !== undefined || verbose)
    throw new UsageError(
      `--markdown, --csv, --mark, --symbols, --cpuprofile and --verbose are for single runs; those of a search are in ${join(paths[0]!, bisectFiles.runs)}/.`,
    );
  const { printBisect } = await import('../printBisect.js');
  await printBisect(paths[0]!, { json, quiet, open, out: out ?? null, limits, ...terminalOptions() });
}

/** @throws UsageError where a comparison is combined with other inputs, or gets an option for single runs */
async function analyzeAsCompare(
  paths: readonly string[],
  { json, markdown, csv, mark, symbols, cpuprofile, out, verbose, quiet, open }: AnalyzeArguments,
): Promise<void> {
  if (paths.length > 1) throw new UsageError('A comparison is analyzed alone: name one, or bundles and traces.');
  if (markdown || csv !== undefined || mark !== undefined || symbols !== undefined || cpuprofile !== undefined || verbose)
    throw new UsageError(
      `--markdown, --csv, --mark, --symbols, --cpuprofile and --verbose are for single runs; those of a comparison are in ${join(paths[0]!, compareFiles.runs)}/.`,
    );
  const { printCompare } = await import('../printCompare.js');
  await printCompare(paths[0]!, { json, quiet, open, out: out ?? null, markdown: null, ...terminalOptions() });
}

interface Analyzed {
  readonly analysis: Analysis;
  readonly get: Get;
}

/** What is asked of an input beyond its analysis. Nothing keeps its trace after that. */
type Also = (get: Get) => Promise<void>;

/** An input that cannot be read is reported and does not hide the others; the exit code is that of the first one. */
async function analyzeAll(
  paths: readonly string[],
  options: Omit<LoadOptions, 'onProgress'>,
  also: Also | null,
  quiet: boolean,
): Promise<Analysis[]> {
  const analyses: Analysis[] = [];
  const decoded = new DecodedModules();
  for (const path of paths) {
    try {
      const { analysis, get } = await analyzeOne(path, options, decoded, quiet);
      analyses.push(analysis);
      await also?.(get);
    } catch (error) {
      const { message, exitCode } = explain(error);
      process.stderr.write(`${message}\n`);
      process.exitCode ??= exitCode;
    }
  }
  return analyses;
}

function analyzeOne(
  path: string,
  options: Omit<LoadOptions, 'onProgress'>,
  decoded: DecodedModules,
  quiet: boolean,
): Promise<Analyzed> {
  const work = async (progress: Progress): Promise<Analyzed> => {
    progress.step(`Reading ${path}`);
    const input = await loadInput(path, {
      ...options,
      onProgress: ({ readBytes, totalBytes }) =>
        progress.advance(readBytes / totalBytes, `of ${(totalBytes / 1e6).toFixed(1)} MB`),
    });
    progress.step(`Analyzing ${path}`);
    const get = factsOf(input, decoded);
    return { analysis: analysisOf(get), get };
  };
  return whileDrawing(work, { quiet });
}

function terminal(analyses: readonly Analysis[], verbose: boolean): string {
  const options = terminalOptions();
  if (verbose) return `${analyses.map((analysis) => renderVerbose(analysis, options)).join('\n\n')}\n`;
  return `${analyses.length === 1 ? renderTerminal(analyses[0]!, options) : renderTerminalComparison(analyses, options)}\n`;
}

/** A bundle that is a folder gets its report into it. */
async function defaultReport(analyses: readonly Analysis[]): Promise<string> {
  const { name } = analyses[0]!.source;
  if (analyses.length > 1) return join(TRACES_FOLDER, comparisonName(analyses));
  if ((await stat(name)).isDirectory()) return join(name, bundleFiles.report);
  return join(TRACES_FOLDER, `${basename(name).replace(/(\.json)?(\.gz|\.zip)?$/, '')}.report.html`);
}

const NAME_LENGTH = 40;

/** Comparisons of other inputs are kept: "comparison-fast-slow.report.html". */
function comparisonName(analyses: readonly Analysis[]): string {
  const names = analyses.map(({ source }) =>
    basename(source.name)
      .replace(/[^\w.-]+/g, '_')
      .slice(0, NAME_LENGTH),
  );
  const [first, second, ...others] = names;
  return `comparison-${first}-${second}${others.length > 0 ? `-and-${others.length}` : ''}.report.html`;
}

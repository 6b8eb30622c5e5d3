import { mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cpuProfile } from '../../../analyzers/callTree/cpuProfile.js';
import { type Analysis, analysisOf, factsOf } from '../../../analyzers/index.js';
import type { Get } from '../../../analyzers/input.js';
import { BundleError, bundleFiles } from '../../bundle/bundleFiles.js';
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
import { inertJson } from '../../text/inertJson.js';
import { DecodedModules } from '../../wasm/decodedModules.js';
import { newestBundle, TRACES_FOLDER } from '../bundleFolder.js';
import { whileDrawing } from '../drawProgress.js';
import { explain, UsageError } from '../explain.js';
import type { Command } from '../lazyCommand.js';
import { parseSize } from '../parseOptions.js';
import { refuseOverwriting } from '../refuseOverwriting.js';
import { writeReport } from '../writeReport.js';

interface AnalyzeArguments {
  inputs: string[] | undefined;
  json: boolean;
  markdown: boolean;
  csv: string | undefined;
  mark: string | undefined;
  symbols: string | undefined;
  cpuprofile: string | undefined;
  out: string | undefined;
  maxSize?: string | undefined;
  maxMemory?: string | undefined;
}

export const analyzeCommand: Command<AnalyzeArguments> = {
  builder: (yargs) =>
    yargs
      .positional('inputs', {
        type: 'string',
        array: true,
        describe: `Run bundles (folders, or packed as .zip), traces (.json, .json.gz), or the folder of one study; by default the newest bundle in ${TRACES_FOLDER}/`,
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON document instead of a summary' })
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
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: 'File for the HTML report; by default in the bundle, or in traces/',
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
      }),
  async handler(args) {
    if (args.json && args.markdown) throw new UsageError('Name --json or --markdown: only one of them can be printed.');
    const paths = args.inputs?.length ? args.inputs : [await newestBundle()];
    if (args.out !== undefined)
      await refuseOverwriting(args.out, [...paths, ...(args.symbols === undefined ? [] : [args.symbols])]);
    if (args.cpuprofile !== undefined) await refuseOverwriting(args.cpuprofile, paths, '--cpuprofile');
    const studies = await Promise.all(paths.map(isStudy));
    const limits = limitsOf(args);
    if (studies.includes(true)) return analyzeAsStudy(paths, args, limits);
    if (args.cpuprofile !== undefined && paths.length > 1)
      throw new UsageError('--cpuprofile is for one recording: name a single one.');
    const { cpuprofile } = args;
    const analyses = await analyzeAll(
      paths,
      { ...limits, mark: args.mark ?? null, symbols: args.symbols ?? null },
      cpuprofile === undefined ? null : (get) => writeCpuProfile(cpuprofile, get),
    );
    if (analyses.length === 0) return;
    // The shape depends on how many were asked for, not on how many could be read.
    if (args.json) process.stdout.write(`${inertJson(paths.length === 1 ? analyses[0] : analyses)}\n`);
    else if (args.markdown) process.stdout.write(analyses.map(renderMarkdown).join('\n'));
    else process.stdout.write(terminal(analyses));
    if (args.csv !== undefined) await writeCsv(args.csv, analyses);
    if ((args.json || args.markdown) && args.out === undefined) return;
    const report = resolve(args.out ?? (await defaultReport(analyses)));
    await writeReport(report, (client) => renderReport(analyses, client)).catch((error: Error) => {
      if (!('code' in error)) throw error;
      throw new BundleError(`The report cannot be written: ${error.message}. Name another file with --out.`);
    });
    process.stderr.write(`\nReport: ${pathToFileURL(report).href}\n`);
  },
};

/** @throws BundleError if there are no samples, or the file cannot be written */
async function writeCpuProfile(path: string, get: Get): Promise<void> {
  const profile = get.maybe(cpuProfile);
  if (!profile) throw new BundleError(`${path} was not written. ${get.why(cpuProfile)?.text ?? 'No thread was sampled.'}`);
  await mkdir(dirname(resolve(path)), { recursive: true })
    .then(() => replaceFile(path, (file) => file.writeFile(JSON.stringify(profile))))
    .catch((error: Error) => {
      throw new BundleError(`The CPU profile cannot be written: ${error.message}. Name another file with --cpuprofile.`);
    });
  process.stderr.write(`\nCPU profile: ${pathToFileURL(resolve(path)).href}\n`);
}

/** Each of several inputs has a folder of its own in it. */
async function writeCsv(folder: string, analyses: readonly Analysis[]): Promise<void> {
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
  process.stderr.write(`\nTables: ${pathToFileURL(resolve(folder)).href}/\n`);
}

function limitsOf({ maxSize, maxMemory }: AnalyzeArguments): ReadLimits {
  return {
    ...(maxSize !== undefined && { maxInflatedBytes: parseSize('--max-size', maxSize) }),
    ...(maxMemory !== undefined && { maxTableBytes: parseSize('--max-memory', maxMemory) }),
  };
}

/** @throws UsageError where a study is combined with other inputs, or gets an option for single runs */
async function analyzeAsStudy(
  paths: readonly string[],
  { json, markdown, csv, mark, symbols, cpuprofile, out }: AnalyzeArguments,
  limits: ReadLimits,
): Promise<void> {
  if (paths.length > 1) throw new UsageError('A study is analyzed alone: name one study, or bundles and traces.');
  if (mark !== undefined || symbols !== undefined || cpuprofile !== undefined)
    throw new UsageError(
      `--mark, --symbols and --cpuprofile are for single runs; those of a study are in ${join(paths[0]!, studyFiles.runs)}/.`,
    );
  if (markdown || csv !== undefined)
    throw new UsageError('--markdown and --csv are for single runs; a study’s tables are written into its folder anyway.');
  // Only a study needs the libraries that write its tables.
  const { printStudy } = await import('../printStudy.js');
  await printStudy(paths[0]!, { json, out: out ?? null, limits, width: process.stdout.columns ?? 100, color: usesColor() });
}

interface Analyzed {
  readonly analysis: Analysis;
  readonly get: Get;
}

/** What is asked of an input beyond its analysis. Nothing keeps its trace after that. */
type Also = (get: Get) => Promise<void>;

/** An input that cannot be read is reported and does not hide the others; the exit code shows it. */
async function analyzeAll(
  paths: readonly string[],
  options: Omit<LoadOptions, 'onProgress'>,
  also: Also | null,
): Promise<Analysis[]> {
  const analyses: Analysis[] = [];
  const decoded = new DecodedModules();
  for (const path of paths) {
    try {
      const { analysis, get } = await analyzeOne(path, options, decoded);
      analyses.push(analysis);
      await also?.(get);
    } catch (error) {
      const { message, exitCode } = explain(error);
      process.stderr.write(`${message}\n`);
      process.exitCode = exitCode;
    }
  }
  return analyses;
}

function analyzeOne(path: string, options: Omit<LoadOptions, 'onProgress'>, decoded: DecodedModules): Promise<Analyzed> {
  return whileDrawing(async (progress) => {
    progress.step(`Reading ${path}`);
    const input = await loadInput(path, {
      ...options,
      onProgress: ({ readBytes, totalBytes }) =>
        progress.advance(readBytes / totalBytes, `of ${(totalBytes / 1e6).toFixed(1)} MB`),
    });
    progress.step(`Analyzing ${path}`);
    const get = factsOf(input, decoded);
    return { analysis: analysisOf(get), get };
  });
}

function terminal(analyses: readonly Analysis[]): string {
  const options = { width: process.stdout.columns ?? 100, color: usesColor() };
  const text = analyses.length === 1 ? renderTerminal(analyses[0]!, options) : renderTerminalComparison(analyses, options);
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** https://no-color.org */
function usesColor(): boolean {
  return process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
}

/** A bundle that is a folder gets its report into it. */
async function defaultReport(analyses: readonly Analysis[]): Promise<string> {
  const { name } = analyses[0]!.source;
  if (analyses.length > 1) return join(TRACES_FOLDER, 'comparison.report.html');
  if ((await stat(name)).isDirectory()) return join(name, bundleFiles.report);
  return join(TRACES_FOLDER, `${basename(name).replace(/(\.json)?(\.gz|\.zip)?$/, '')}.report.html`);
}

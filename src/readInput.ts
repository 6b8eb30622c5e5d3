import { type AnalyzerInput, NOTHING_BESIDE } from '../analyzers/input.js';
import { type Bundle, bundleOf } from './bundle/bundle.js';
import { BundleError } from './bundle/bundleFiles.js';
import type { ReadLimits, ReadTraceOptions } from './bundle/readTrace.js';
import type { Source, SourceFile } from './bundle/sourceFile.js';
import { tableBudget } from './trace/reader.js';
import type { Trace } from './trace/trace.js';
import { TraceError, TraceLimitError } from './trace/traceError.js';
import { readSymbols, type Symbols, SymbolsError } from './wasm/readSymbols.js';

export interface InputOptions extends ReadLimits {
  readonly mark?: string | null;
  /**
   * Whether to read the trace of the profiling pass too, which shows the functions behind each operator's time; true by default.
   */
  readonly operatorTrace?: boolean;
  readonly onProgress?: ReadTraceOptions['onProgress'];
  readonly signal?: AbortSignal;
}

/** What differs where the tool runs. */
export interface Platform {
  readonly toolVersion: string;
  readTrace(file: SourceFile, options: ReadTraceOptions): Promise<Trace>;
}

/**
 * Reads all that `analyze` needs from a bundle or a trace, wherever it is. Runs in Node and in a page.
 * @throws BundleError or TraceError, with a message for the user
 */
export async function readInput(
  source: Source,
  symbols: Symbols | null,
  { toolVersion, readTrace }: Platform,
  { mark = null, operatorTrace = true, onProgress, ...reading }: InputOptions = {},
): Promise<AnalyzerInput> {
  if (source.kind === 'trace') {
    const trace = await readTrace(source.file, { ...reading, onProgress });
    return {
      name: source.file.name,
      toolVersion,
      ...NOTHING_BESIDE,
      trace,
      modules: [],
      symbols,
      mark,
    };
  }
  const bundle = await bundleOf(source.files);
  const { manifest } = bundle;
  return {
    name: bundle.name,
    toolVersion,
    manifest: manifest.schema === 'inferscope.run/1' ? manifest : null,
    page: manifest.schema === 'inferscope.page/1' ? manifest : null,
    baseline: bundle.baseline,
    scheduling: bundle.scheduling,
    gpu: bundle.gpu,
    kernels: bundle.kernels,
    memory: bundle.memory,
    qoe: await qoeOf(bundle, readTrace, reading),
    wasm: bundle.wasm,
    counts: bundle.counts,
    heaps: bundle.heaps,
    accuracy: bundle.accuracy,
    video: bundle.video,
    visits: await visitsOf(bundle, readTrace, reading),
    trace: bundle.trace && (await readTrace(bundle.trace, { ...reading, onProgress })),
    // Small compared with the main trace, whose progress is shown.
    operatorTrace: operatorTrace && bundle.operatorTrace ? await readTrace(bundle.operatorTrace, reading) : null,
    modules: await modulesOf(bundle),
    symbols,
    mark,
  };
}

/** The rounds in which a page was used, one trace after the other. What is no trace, or broken, is left out with its problem: others are still known. */
async function qoeOf(bundle: Bundle, readTrace: Platform['readTrace'], reading: ReadTraceOptions): Promise<AnalyzerInput['qoe']> {
  if (!bundle.qoe) return null;
  // All are held at once.
  const budget = tableBudget(reading.maxTableBytes);
  const recorded: Rounds['recorded'][number][] = [];
  for (const round of bundle.qoe.rounds) {
    recorded.push(await roundOf(bundle, round, (trace) => readTrace(trace, { ...reading, budget })));
  }
  return { log: bundle.qoe, recorded };
}

type Rounds = NonNullable<AnalyzerInput['qoe']>;

/** @throws TraceLimitError, which is for the user to raise */
async function roundOf(
  bundle: Bundle,
  round: Rounds['log']['rounds'][number],
  read: (trace: SourceFile) => Promise<Trace>,
): Promise<Rounds['recorded'][number]> {
  return orProblem(async () => {
    const files = await bundle.readRound(round);
    if (!files) return { problem: 'there is no trace of it' };
    return { trace: await read(files.trace), scheduling: files.scheduling };
  });
}

/** @throws TraceLimitError, which is for the user to raise */
async function orProblem<T>(read: () => Promise<T>): Promise<T | { readonly problem: string }> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TraceLimitError || !(error instanceof TraceError || error instanceof BundleError)) throw error;
    return { problem: firstSentence(error.cause instanceof TraceError ? error.cause : error) };
  }
}

/** What is wrong with a file. Advice on what to give instead, and lists of faults, are left out. */
const firstSentence = ({ message }: Error): string => /^.+?(?=[.:]?(?:\. |\n|$))/.exec(message)?.[0] ?? message;

/** The visits of a page, one trace after the other; as `qoeOf`. */
async function visitsOf(
  bundle: Bundle,
  readTrace: Platform['readTrace'],
  reading: ReadTraceOptions,
): Promise<AnalyzerInput['visits']> {
  if (!bundle.visits) return null;
  const budget = tableBudget(reading.maxTableBytes);
  const recorded: Visits['recorded'][number][] = [];
  for (const visit of bundle.visits.visits) {
    const file = await bundle.readVisit(visit);
    recorded.push(
      file
        ? await orProblem(async () => ({ trace: await readTrace(file, { ...reading, budget }) }))
        : { problem: 'there is no trace of it' },
    );
  }
  return { log: bundle.visits, recorded };
}

type Visits = NonNullable<AnalyzerInput['visits']>;

/** The modules that exist; the manifest says which ones should. One that it names often is read once. */
async function modulesOf(bundle: Bundle): Promise<AnalyzerInput['modules']> {
  const read = new Map<string, Uint8Array | null>();
  for (const { sha256 } of bundle.manifest.modules) {
    if (!read.has(sha256)) read.set(sha256, await bundle.readModule(sha256));
  }
  return bundle.manifest.modules.flatMap(({ sha256, url }) => {
    const bytes = read.get(sha256);
    return bytes ? [{ sha256, url, bytes }] : [];
  });
}

/**
 * Names of functions from a file with symbols.
 * @param name what messages call the file
 * @throws SymbolsError if it holds none
 */
export function symbolsIn(bytes: Uint8Array, name: string): Symbols {
  try {
    return readSymbols(bytes);
  } catch (error) {
    throw new SymbolsError(
      `${name}: ${(error as Error).message}. Give a symbol map (emcc --emit-symbol-map) or the unstripped module.`,
    );
  }
}

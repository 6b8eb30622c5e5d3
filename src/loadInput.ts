import { stat } from 'node:fs/promises';
import type { AnalyzerInput } from '../analyzers/input.js';
import { BundleError } from './bundle/bundleFiles.js';
import { readWhole } from './bundle/openFile.js';
import { type Bundle, readBundle } from './bundle/readBundle.js';
import { type ReadLimits, type ReadTraceOptions, readTraceFile } from './bundle/readTraceFile.js';
import { toolVersion } from './packageRoot.js';
import { tableBudget } from './trace/reader.js';
import { TraceError, TraceLimitError } from './trace/traceError.js';
import { readSymbols, type Symbols, SymbolsError } from './wasm/readSymbols.js';

export interface LoadOptions extends ReadLimits {
  readonly mark?: string | null;
  /** File with names for the functions of a stripped Wasm module: a symbol map, or the unstripped module. */
  readonly symbols?: string | null;
  /**
   * Whether to read the trace of the profiling pass too, which shows the functions behind each operator's time; true by default.
   */
  readonly operatorTrace?: boolean;
  readonly onProgress?: ReadTraceOptions['onProgress'];
  readonly signal?: AbortSignal;
}

/**
 * Reads a run bundle (a folder) or a trace (a file) from disk: all that `analyze` needs.
 * @throws BundleError or TraceError, with a message for the user
 */
export async function loadInput(
  path: string,
  { mark = null, symbols: symbolsPath = null, operatorTrace = true, onProgress, ...reading }: LoadOptions = {},
): Promise<AnalyzerInput> {
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new BundleError(error.code === 'ENOENT' ? `${path} does not exist.` : `${path} cannot be read: ${error.message}`);
  });
  const symbols = symbolsPath === null ? null : await symbolsOf(symbolsPath);
  if (!facts.isDirectory()) {
    const trace = await readTraceFile(path, { ...reading, onProgress });
    return {
      name: path,
      toolVersion: toolVersion(),
      manifest: null,
      page: null,
      baseline: null,
      scheduling: null,
      gpu: null,
      kernels: null,
      operatorTrace: null,
      memory: null,
      qoe: null,
      wasm: null,
      heaps: null,
      accuracy: null,
      video: null,
      trace,
      modules: [],
      symbols,
      mark,
    };
  }
  const bundle = await readBundle(path);
  const { manifest } = bundle;
  return {
    name: path,
    toolVersion: toolVersion(),
    manifest: manifest.schema === 'inferscope.run/1' ? manifest : null,
    page: manifest.schema === 'inferscope.page/1' ? manifest : null,
    baseline: bundle.baseline,
    scheduling: bundle.scheduling,
    gpu: bundle.gpu,
    kernels: bundle.kernels,
    memory: bundle.memory,
    qoe: await qoeOf(bundle, reading),
    wasm: bundle.wasm,
    heaps: bundle.heaps,
    accuracy: bundle.accuracy,
    video: bundle.video,
    trace: bundle.tracePath === null ? null : await readTraceFile(bundle.tracePath, { ...reading, onProgress }),
    // Small compared with the main trace, whose progress is shown.
    operatorTrace:
      operatorTrace && bundle.operatorTracePath !== null ? await readTraceFile(bundle.operatorTracePath, reading) : null,
    modules: await modulesOf(bundle),
    symbols,
    mark,
  };
}

/** The rounds in which a page was used, one trace after the other. What is no trace, or broken, is left out with its problem: others are still known. */
async function qoeOf(bundle: Bundle, reading: ReadLimits): Promise<AnalyzerInput['qoe']> {
  if (!bundle.qoe) return null;
  // All are held at once.
  const budget = tableBudget(reading.maxTableBytes);
  const recorded: Rounds['recorded'][number][] = [];
  for (const round of bundle.qoe.rounds) {
    recorded.push(await roundOf(bundle, round, { ...reading, budget }));
  }
  return { log: bundle.qoe, recorded };
}

type Rounds = NonNullable<AnalyzerInput['qoe']>;

/** @throws TraceLimitError, which is for the user to raise */
async function roundOf(
  bundle: Bundle,
  round: Rounds['log']['rounds'][number],
  reading: ReadTraceOptions,
): Promise<Rounds['recorded'][number]> {
  try {
    const files = await bundle.readRound(round);
    if (!files) return { problem: 'there is no trace of it' };
    return { trace: await readTraceFile(files.tracePath, reading), scheduling: files.scheduling };
  } catch (error) {
    if (error instanceof TraceLimitError || !(error instanceof TraceError || error instanceof BundleError)) throw error;
    return { problem: firstSentence(error.cause instanceof TraceError ? error.cause : error) };
  }
}

/** What is wrong with a file. Advice on what to give instead, and lists of faults, are left out. */
const firstSentence = ({ message }: Error): string => /^.+?(?=[.:]?(?:\. |\n|$))/.exec(message)?.[0] ?? message;

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

async function symbolsOf(path: string): Promise<Symbols> {
  const bytes = await readWhole(path).catch((error: Error) => {
    throw new SymbolsError(`${path} cannot be read: ${error.message}`);
  });
  try {
    return readSymbols(bytes);
  } catch (error) {
    throw new SymbolsError(
      `${path}: ${(error as Error).message}. Give a symbol map (emcc --emit-symbol-map) or the unstripped module.`,
    );
  }
}

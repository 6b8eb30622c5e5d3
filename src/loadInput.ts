import type { AnalyzerInput } from '../analyzers/input.js';
import { MissingInputError } from './bundle/bundleFiles.js';
import { readWhole } from './bundle/openFile.js';
import { openSource } from './bundle/openSource.js';
import { readTraceOnDisk } from './bundle/readTraceFile.js';
import { toolVersion } from './packageRoot.js';
import { type InputOptions, readInput, symbolsIn } from './readInput.js';
import { type Symbols, SymbolsError } from './wasm/readSymbols.js';

export interface LoadOptions extends InputOptions {
  /** File with names for the functions of a stripped Wasm module: a symbol map, or the unstripped module. */
  readonly symbols?: string | null;
}

/**
 * Reads a run bundle (a folder, or packed in a zip) or a trace (a file) from disk: all that `analyze` needs.
 * @throws BundleError or TraceError, with a message for the user
 */
export async function loadInput(path: string, { symbols = null, ...options }: LoadOptions = {}): Promise<AnalyzerInput> {
  const source = await openSource(path);
  const names = symbols === null ? null : await symbolsOf(symbols);
  return readInput(source, names, { toolVersion: toolVersion(), readTrace: readTraceOnDisk }, options);
}

async function symbolsOf(path: string): Promise<Symbols> {
  const bytes = await readWhole(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new MissingInputError(`${path}, given for symbols, does not exist.`);
    throw new SymbolsError(`${path} cannot be read: ${error.message}`);
  });
  return symbolsIn(bytes, path);
}

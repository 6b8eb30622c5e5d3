import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { functionTimes } from '../../analyzers/functions/index.js';
import type { WasmFunctionTime } from '../../analyzers/functions/wasmUse.js';
import { type Analysis, analysisOf, factsOf } from '../../analyzers/index.js';
import type { AnalyzerInput } from '../../analyzers/input.js';
import type { Progress } from '../../collectors/progress.js';
import { bundleFiles } from '../bundle/bundleFiles.js';
import { isStudy } from '../bundle/readStudy.js';
import { studyFiles } from '../bundle/study.js';
import { newestBundle } from '../cli/bundleFolder.js';
import { UsageError } from '../cli/explain.js';
import { loadInput } from '../loadInput.js';

/** Which recording, and how to read it. */
export interface Choice {
  /** Path of a bundle or a trace; the newest bundle if it is not given. */
  readonly bundle?: string | undefined;
  readonly mark?: string | undefined;
  readonly symbols?: string | undefined;
}

/** What is kept of a recording. Its trace is not: that is a hundred times as large. */
export interface Recording {
  readonly analysis: Analysis;
  /** All Wasm functions with their self time, largest first; the analysis has only the first. */
  readonly functions: readonly WasmFunctionTime[];
}

export type Read = (path: string, choice: Choice, progress: Progress, signal: AbortSignal) => Promise<AnalyzerInput>;

const MOST_KEPT = 8;

/** Analyses of recordings, kept so that a second question about the same one is answered at once. */
export class Recordings {
  readonly #kept = new Map<string, Recording>();

  /**
   * @param folder where new bundles are put, and the newest one is looked for
   * @param read reads a recording from disk
   */
  constructor(
    readonly folder: string,
    readonly read: Read = readFromDisk,
  ) {}

  /** @throws BundleError, TraceError, UsageError or SymbolsError, with a message for the user */
  async of(
    choice: Choice,
    { progress, signal }: { readonly progress: Progress; readonly signal: AbortSignal },
  ): Promise<Recording> {
    const path = resolve(choice.bundle ?? (await newestBundle(this.folder)));
    const key = JSON.stringify([path, choice.mark, choice.symbols, await stampOf(path), await stampOf(choice.symbols)]);
    const known = this.#kept.get(key);
    const recording = known ?? recordingOf(await this.read(path, choice, progress, signal));
    // A map keeps its order: the one that was asked for last goes to the end.
    this.#kept.delete(key);
    this.#kept.set(key, recording);
    for (const oldest of [...this.#kept.keys()].slice(0, -MOST_KEPT)) this.#kept.delete(oldest);
    return recording;
  }
}

function recordingOf(input: AnalyzerInput): Recording {
  const get = factsOf(input);
  return { analysis: analysisOf(get), functions: get.maybe(functionTimes) ?? [] };
}

async function readFromDisk(
  path: string,
  { mark, symbols }: Choice,
  progress: Progress,
  signal: AbortSignal,
): Promise<AnalyzerInput> {
  if (await isStudy(path))
    throw new UsageError(`${path} is a study of many runs. Name one of its runs, which are in ${join(path, studyFiles.runs)}.`);
  progress.step('Reading the recording');
  const input = await loadInput(path, {
    mark: mark ?? null,
    symbols: symbols ?? null,
    signal,
    onProgress: ({ readBytes, totalBytes }) => progress.advance(readBytes / totalBytes, `of ${(totalBytes / 1e6).toFixed(1)} MB`),
  });
  progress.step('Analyzing it');
  return input;
}

/** Changes when the file does, or the bundle is written again. Null: there is no such file, which whoever reads it reports. */
async function stampOf(path: string | undefined): Promise<string | null> {
  if (path === undefined) return null;
  const facts = (await stat(join(path, bundleFiles.manifest)).catch(() => null)) ?? (await stat(path).catch(() => null));
  return facts && `${facts.mtimeMs} ${facts.size}`;
}

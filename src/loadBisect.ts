import { join } from 'node:path';
import type { BisectInput } from '../analyzers/bisect/index.js';
import { type Analysis, analyze } from '../analyzers/index.js';
import { bisectFiles } from './bundle/bisect.js';
import { BundleError } from './bundle/bundleFiles.js';
import { readBisect } from './bundle/readBisect.js';
import type { ReadLimits } from './bundle/readTrace.js';
import { loadInput } from './loadInput.js';
import { toolVersion } from './packageRoot.js';
import { TraceError } from './trace/traceError.js';
import { DecodedModules } from './wasm/decodedModules.js';

export interface LoadBisectOptions extends ReadLimits {
  /** The recording that is read next. */
  readonly onProgress?: (version: string) => void;
}

/**
 * Reads the folder of a search among builds, and analyzes the builds that were recorded whole. One that cannot be read is noted.
 * @throws BundleError if there is no search, or it is broken
 */
export async function loadBisect(folder: string, { onProgress, ...limits }: LoadBisectOptions = {}): Promise<BisectInput> {
  const bisect = await readBisect(folder);
  const analyses = new Map<string, Analysis>();
  const unreadable: { version: string; problem: string }[] = [];
  const decoded = new DecodedModules();
  for (const { version, status } of bisect.runs) {
    if (status === 'discarded') continue;
    onProgress?.(version);
    try {
      analyses.set(version, analyze(await loadInput(join(folder, bisectFiles.runs, version), limits), decoded));
    } catch (error) {
      if (!(error instanceof BundleError || error instanceof TraceError)) throw error;
      unreadable.push({ version, problem: error.message });
    }
  }
  return { name: folder, toolVersion: toolVersion(), bisect, analyses, unreadable };
}

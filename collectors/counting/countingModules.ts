import { indexModule } from '../../src/wasm/indexModule.js';
import type { WasmModule } from '../../src/wasm/module.js';
import { type CountingModule, countExecuted } from '../../src/wasm/rewrite/countExecuted.js';
import { type RewrittenModules, rewrittenModules } from '../harness/rewrittenModules.js';

export interface CountingModules extends RewrittenModules<CountingModule> {
  /** Why modules do not count, which are then served as published. */
  readonly lacks: readonly string[];
}

/**
 * Modules that count what they execute.
 * @param sampledAt byte offsets of functions that were sampled: only they count, as others take no time, and rewriting and compiling all
 * of a large module takes long; if empty, all functions do
 */
export function countingModules(sampledAt: ReadonlySet<number>): CountingModules {
  const lacks: string[] = [];
  const modules = rewrittenModules((bytes, sha256): CountingModule => {
    try {
      const module = indexModule(bytes);
      return countExecuted(module, sha256, sampledAt.size > 0 ? functionsAt(module, sampledAt) : undefined);
    } catch (error) {
      lacks.push(`a module cannot be rewritten: ${(error as Error).message}`);
      return { bytes: Uint8Array.from(bytes), memoryName: '', counters: 0, functions: [] };
    }
  });
  return { ...modules, lacks };
}

/** Indexes of the functions whose bodies begin at these bytes. */
const functionsAt = ({ bodyStart, importedFunctions }: WasmModule, offsets: ReadonlySet<number>): Set<number> =>
  new Set([...bodyStart].flatMap((start, defined) => (offsets.has(start) ? [importedFunctions + defined] : [])));

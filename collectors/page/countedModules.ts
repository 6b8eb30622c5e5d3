import { randomBytes } from 'node:crypto';
import { WasmError } from '../../src/wasm/error.js';
import { indexModule } from '../../src/wasm/indexModule.js';
import { fingerprint } from '../../src/wasm/rewrite/applyPatch.js';
import { COUNTERS, type CountingModule, countExecuted } from '../../src/wasm/rewrite/countExecuted.js';
import { patchOf } from '../../src/wasm/rewrite/modulePatch.js';
import type { Counting, PagePatch } from '../pageHook/counting.js';
import type { HookedModule } from '../pageHook/hooked.js';

export interface CountedModules {
  /** For the hook of the page that is to count. */
  readonly counting: Counting;
  /** By the content hash of the module as published. */
  readonly made: ReadonlyMap<string, CountingModule>;
  /** Why the others are left as they are, a sentence each. */
  readonly lacks: readonly string[];
}

/** Rewrites the modules that a page compiled. What cannot be read wholly is left as it is. */
export function countedModules(modules: readonly Pick<HookedModule, 'sha256' | 'bytes'>[]): CountedModules {
  const made = new Map<string, CountingModule>();
  const patches: PagePatch[] = [];
  const lacks: string[] = [];
  for (const { sha256, bytes } of modules) {
    try {
      const module = indexModule(bytes);
      const counting = countExecuted(module, sha256);
      const { steps, ...patch } = patchOf(module, counting);
      made.set(sha256, counting);
      patches.push({
        ...patch,
        fingerprint: fingerprint(bytes, bytes.length),
        steps: Buffer.from(steps).toString('base64'),
        stepBytes: steps.length,
      });
    } catch (error) {
      if (!(error instanceof WasmError)) throw error;
      lacks.push(`A Wasm module of ${bytes.length} bytes cannot be rewritten: ${error.message}.`);
    }
  }
  return { counting: { mail: `inferscope_${randomBytes(16).toString('hex')}`, prefix: COUNTERS, patches }, made, lacks };
}

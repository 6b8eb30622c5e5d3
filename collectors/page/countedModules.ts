import { randomBytes } from 'node:crypto';
import { indexModule } from '../../src/wasm/indexModule.js';
import { fingerprint } from '../../src/wasm/rewrite/applyPatch.js';
import { COUNTERS, type CountingModule } from '../../src/wasm/rewrite/countExecuted.js';
import { patchOf } from '../../src/wasm/rewrite/modulePatch.js';
import { countingModules } from '../counting/countingModules.js';
import type { Counting, PagePatch } from '../pageHook/counting.js';
import type { HookedModule } from '../pageHook/hooked.js';

export interface CountedModules {
  /** For the hook of the page that is to count. */
  readonly counting: Counting;
  /** By the content hash of the module as published. */
  readonly made: ReadonlyMap<string, CountingModule>;
  /** Why the others are left as they are. */
  readonly lacks: readonly string[];
}

/**
 * Rewrites the modules that a page compiled. What cannot be read wholly is left as it is.
 * @param sampledAt see `countingModules`
 */
export function countedModules(
  modules: readonly Pick<HookedModule, 'sha256' | 'bytes'>[],
  sampledAt: ReadonlySet<number>,
): CountedModules {
  const rewritten = countingModules(sampledAt);
  const made = new Map<string, CountingModule>();
  const patches: PagePatch[] = [];
  for (const { sha256, bytes } of modules) {
    rewritten.rewrite(bytes);
    const counting = rewritten.made.get(sha256);
    // Without a counter it is as published.
    if (!counting || counting.counters === 0) continue;
    const { steps, ...patch } = patchOf(indexModule(bytes), counting);
    made.set(sha256, counting);
    patches.push({
      ...patch,
      fingerprint: fingerprint(bytes, bytes.length),
      steps: Buffer.from(steps).toString('base64'),
      stepBytes: steps.length,
    });
  }
  const mail = `inferscope_${randomBytes(16).toString('hex')}`;
  return { counting: { mail, prefix: COUNTERS, patches }, made, lacks: rewritten.lacks };
}

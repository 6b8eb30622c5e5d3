import { createHash } from 'node:crypto';
import { indexModule } from '../../src/wasm/indexModule.js';
import { type FusedModule, fuseMultiplyAdd } from '../../src/wasm/rewrite/fuseMultiplyAdd.js';

/** Fuses the multiply-adds of modules as they are asked for; each once, as a ladder opens its rungs many times. */
export interface FusedModules {
  rewrite(bytes: Uint8Array): Uint8Array;
  /** What was fused in all that were asked for; null if none was. */
  fusion(): Omit<FusedModule, 'bytes'> | null;
}

export function fusedModules(): FusedModules {
  const known = new Map<string, FusedModule>();
  return {
    rewrite(bytes) {
      const key = createHash('sha256').update(bytes).digest('hex');
      const fused = known.get(key) ?? fuseMultiplyAdd(indexModule(bytes));
      known.set(key, fused);
      return fused.bytes;
    },
    fusion() {
      if (known.size === 0) return null;
      const all = [...known.values()];
      const sum = (part: (module: FusedModule) => number): number => all.reduce((total, module) => total + part(module), 0);
      return { additions: sum((m) => m.additions), fused: sum((m) => m.fused), functions: sum((m) => m.functions) };
    },
  };
}

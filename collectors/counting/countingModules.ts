import { createHash } from 'node:crypto';
import type { CountLog } from '../../src/bundle/countLog.js';
import { indexModule } from '../../src/wasm/indexModule.js';
import type { InstructionClass } from '../../src/wasm/mix.js';
import { type CountingModule, countExecuted, executedOf } from '../../src/wasm/rewrite/countExecuted.js';
import type { Counters } from './readCounters.js';

/** Rewrites modules so that they count, and tells what their counters mean. */
export interface CountingModules {
  rewrite(bytes: Uint8Array): Uint8Array;
  /** What was executed, of the modules that were asked for. */
  executed(counters: Counters): CountLog['modules'];
}

export function countingModules(): CountingModules {
  const known = new Map<string, CountingModule>();
  return {
    rewrite(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      let counting = known.get(sha256);
      if (!counting) {
        counting = countExecuted(indexModule(bytes), sha256);
        known.set(sha256, counting);
      }
      return counting.bytes;
    },
    executed: (counters) =>
      [...known].map(([sha256, counting]) => {
        const values = counters.get(counting.memoryName);
        const functions = executedOf(counting, (counter) => values?.get(counter) ?? 0);
        return {
          sha256,
          functions: functions
            .filter(({ calls, loops }) => calls > 0 || loops.some(({ iterations }) => iterations > 0))
            .map(({ index, calls, executed, loops }) => ({
              index,
              calls,
              executed: Object.fromEntries(Object.entries(executed).filter(([, count]) => count > 0)) as Partial<
                Record<InstructionClass, number>
              >,
              loops: [...loops],
            })),
        };
      }),
  };
}

import type { CountLog } from '../../src/bundle/countLog.js';
import type { InstructionClass, Mix } from '../../src/wasm/mix.js';
import { type CountingModule, executedOf } from '../../src/wasm/rewrite/countExecuted.js';
import type { Counters } from './readCounters.js';

type ExecutedModule = Pick<CountLog['modules'][number], 'sha256'> & {
  readonly functions: readonly Omit<CountLog['modules'][number]['functions'][number], 'repeats'>[];
};

/** What was executed in these modules, as the log has it: what did not run is left out. */
export const executedIn = (modules: ReadonlyMap<string, CountingModule>, counters: Counters): ExecutedModule[] =>
  [...modules].map(([sha256, counting]) => {
    const values = counters.get(counting.memoryName);
    return {
      sha256,
      functions: executedOf(counting, (counter) => values?.get(counter) ?? 0)
        .filter(({ calls, loops }) => calls > 0 || loops.some(({ iterations }) => iterations > 0))
        .map(({ executed, loops, ...known }) => ({
          ...known,
          executed: notZero(executed),
          loops: loops.filter(({ iterations }) => iterations > 0).map((loop) => ({ ...loop, executed: notZero(loop.executed) })),
        })),
    };
  });

const notZero = (mix: Mix): Partial<Record<InstructionClass, number>> =>
  Object.fromEntries(Object.entries(mix).filter(([, count]) => count > 0));

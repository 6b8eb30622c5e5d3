import type { CountLog } from '../../src/bundle/countLog.js';
import { type InstructionClass, instructionTitles } from '../../src/wasm/mix.js';
import type { WasmFunctionTime } from '../functions/wasmUse.js';

/** What a prediction executes, counted; means where several were counted together. */
export interface ExecutedInstructions {
  /** Whether only functions that were sampled counted, and not all that ran. */
  readonly sampledOnly: boolean;
  readonly functions: number;
  /** Operators by class, most first; locals, constants and the like, which mostly cost nothing, are left out. */
  readonly classes: readonly { readonly id: InstructionClass; readonly count: number; readonly share: number }[];
  /** Float operations, each lane by itself; null: an older log. */
  readonly floats: { readonly scalar: number; readonly vector: number } | null;
  /** 10⁹ of them per second of the self time of the Wasm functions that were counted and work, on all threads, less the time without a core; null where that is unknown. */
  readonly gflops: number | null;
  /** See `varyingShare` of the log, and the indexes of the functions that vary; null: an older log. */
  readonly varyingShare: number;
  readonly varying: readonly number[] | null;
}

/**
 * @param times of all Wasm functions in the windows
 * @param predictions number of these windows
 * @param coreShare part of their time in which threads did not lack a core
 */
export function executedInstructions(
  { predictions: counted, sampledOnly, varyingShare, modules }: CountLog,
  times: readonly WasmFunctionTime[],
  predictions: number,
  coreShare: number,
): ExecutedInstructions {
  const all = modules.flatMap(({ functions }) => functions);
  const counts = (Object.keys(instructionTitles) as InstructionClass[]).map((id) => ({
    id,
    count: all.reduce((sum, { executed }) => sum + (executed[id] ?? 0), 0) / counted,
  }));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const floats = all.reduce<ExecutedInstructions['floats']>(
    (sum, { floats: own }) =>
      sum && own && { scalar: sum.scalar + own.scalar / counted, vector: sum.vector + own.vector / counted },
    { scalar: 0, vector: 0 },
  );
  const ms = coreShare * times.reduce((sum, time) => sum + (time.counted && time.causes.length > 0 ? time.selfMs : 0), 0);
  return {
    sampledOnly,
    functions: all.length,
    classes: counts
      .filter(({ count }) => count > 0)
      .map((each) => ({ ...each, share: each.count / total }))
      .sort((a, b) => b.count - a.count),
    floats,
    gflops: floats && ms > 0 ? ((floats.scalar + floats.vector) * predictions) / ms / 1e6 : null,
    varyingShare,
    varying: all.some(({ repeats }) => repeats === null) ? null : all.filter(({ repeats }) => !repeats).map(({ index }) => index),
  };
}

import type { Trace } from '../../src/trace/trace.js';
import { fact, trace } from '../input.js';
import { type CauseId, isa, runtime } from '../partition/causes/index.js';
import { builtins, engineFrames, gpuCalls, wasmCause } from '../partition/causes/rules.js';
import type { SampledFunction } from './wasmFunctions.js';
import { wasmFunctions } from './wasmFunctions.js';

/** What a thread is doing at a moment: a cause, or nothing because it has no task. */
export type Activity = CauseId | 'idle';

/** V8's own frames, https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/profiler/profile-generator.cc */
const ENGINE: ReadonlyMap<string, Activity> = new Map<string, Activity>([...engineFrames, ['(idle)', 'idle']]);

/** Per row of callFrames: what a sample means that has it as its innermost frame. */
export function stackActivities(trace: Trace, functions: readonly (SampledFunction | null)[]): Activity[] {
  const { columns, length } = trace.tables.callFrames;
  const gpuCallOf = inGpuCall(trace);
  return Array.from({ length }, (_, row) => {
    const called = gpuCallOf(row);
    if (called !== null) return called;
    const sampled = functions[row];
    if (sampled) return sampled.class === null ? isa.unknown.id : wasmCause(sampled.class);
    if (columns.url.at(row) !== '') return runtime.glue.id;
    const name = columns.function.at(row);
    return ENGINE.get(name) ?? builtins.get(name) ?? runtime.glue.id;
  });
}

/**
 * Whether a frame belongs to a call of the GPU's API: it is the hook's function in its place, a function of the hook's script that
 * this calls, or one of the browser's own below it, where V8 gives it a frame.
 * @returns per row of callFrames the cause of such a call, or null
 */
function inGpuCall(trace: Trace): (row: number) => CauseId | null {
  const { columns } = trace.tables.callFrames;
  if (![...gpuCalls.keys()].some((name) => columns.function.strings.includes(name))) return () => null;
  const known = new Map<number, CauseId | null>();
  const of = (row: number): CauseId | null => {
    if (row < 0) return null;
    let cause = known.get(row);
    if (cause === undefined) {
      const name = columns.function.at(row);
      cause = gpuCalls.get(name) ?? null;
      const parent = columns.parent[row]!;
      const url = columns.url.at(row);
      const isOwn = parent >= 0 && (url === '' ? !ENGINE.has(name) : url === columns.url.at(parent));
      if (cause === null && isOwn) cause = of(parent);
      known.set(row, cause);
    }
    return cause;
  };
  return of;
}

/** What each call-stack frame of the trace says of its thread. */
export const activities = fact('activities', (get) => stackActivities(get(trace), get(wasmFunctions).functions));

import type { Trace } from '../../src/trace/trace.js';
import { fact, trace } from '../input.js';
import { type CauseId, contention, isa, page, runtime } from '../partition/causes/index.js';
import { builtins, engineFrames, gpuCalls, wasmCause } from '../partition/causes/rules.js';
import { nearestFrame } from './nearestFrame.js';
import { wasmFunctions } from './polling.js';
import { pageScripts } from './scripts.js';
import { isWasmAdapter, type SampledFunction } from './wasmFunctions.js';

/** What a thread does at a moment: a cause, or `idle` without a task. */
export type Activity = CauseId | 'idle';

/** V8's own frames, https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/profiler/profile-generator.cc */
const ENGINE: ReadonlyMap<string, Activity> = new Map<string, Activity>([...engineFrames, ['(idle)', 'idle']]);

/**
 * Per row of callFrames: the activity of a sample whose innermost call frame is that row.
 * @param isOfPage whether the script at a URL is the page's own; null if all count as the framework's
 */
export function stackActivities(
  trace: Trace,
  functions: readonly (SampledFunction | null)[],
  isOfPage: ((url: string) => boolean) | null = null,
): Activity[] {
  const { columns, length } = trace.tables.callFrames;
  const gpuCallOf = inGpuCall(trace);
  const withScript = nearestFrame(trace, (frame) => columns.url.at(frame) !== '' && !isWasmAdapter(columns.function.at(frame)));
  const inWasm = nearestFrame(trace, (frame) => functions[frame] != null);
  const scriptOf = (row: number): Activity => {
    // What polls may do so through a script.
    if (functions[inWasm(row)]?.class === 'spin') return contention.spin.id;
    const at = withScript(row);
    return at >= 0 && !functions[at] && isOfPage?.(columns.url.at(at)) ? page.script.id : runtime.glue.id;
  };
  return Array.from({ length }, (_, row) => {
    const called = gpuCallOf(row);
    if (called !== null) return called;
    const sampled = functions[row];
    if (sampled) return sampled.class === null ? isa.unknown.id : wasmCause(sampled.class);
    if (columns.url.at(row) !== '') return scriptOf(row);
    const name = columns.function.at(row);
    return ENGINE.get(name) ?? builtins.get(name) ?? scriptOf(row);
  });
}

/**
 * Tells call frames that belong to a call of a GPU API. Such a frame is the hook's function in place of the API, a function of
 * the hook's script that it calls, or a function of the browser that it calls, where V8 shows a frame for it.
 * @returns per row of callFrames: the cause of the call, or null
 */
function inGpuCall(trace: Trace): (row: number) => CauseId | null {
  const { columns } = trace.tables.callFrames;
  if (![...gpuCalls.keys()].some((name) => columns.function.strings.includes(name))) return () => null;
  const known = new Map<number, CauseId | null>();
  /** Whether what a frame belongs to is what its caller belongs to. */
  const isPart = (row: number): boolean => {
    const url = columns.url.at(row);
    return url === '' ? !ENGINE.has(columns.function.at(row)) : url === columns.url.at(columns.parent[row]!);
  };
  // No recursion: a call stack may be as deep as the profile has frames.
  return (innermost) => {
    const path: number[] = [];
    let cause: CauseId | null | undefined = null;
    for (let row = innermost; row >= 0; row = columns.parent[row]!) {
      cause = known.get(row);
      if (cause !== undefined) break;
      path.push(row);
      cause = gpuCalls.get(columns.function.at(row)) ?? null;
      if (cause !== null || columns.parent[row]! < 0 || !isPart(row)) break;
    }
    for (const row of path) known.set(row, cause ?? null);
    return cause ?? null;
  };
}

/** Per row of callFrames: the activity of a thread that is in it. */
export const activities = fact('activities', (get) => {
  const { functions } = get(wasmFunctions);
  // A run of ours has no scripts but the framework's and the harness's.
  const isOfPage = get.input.manifest ? null : pageScripts(get(trace), functions);
  return stackActivities(get(trace), functions, isOfPage);
});

import { gpuFrameNames } from '../../src/bundle/gpuFrameNames.js';
import type { Trace } from '../../src/trace/trace.js';
import type { FunctionClassName } from '../../src/wasm/classify.js';
import { fact, trace } from '../input.js';
import type { CauseId } from '../partition/causes.js';
import type { SampledFunction } from './wasmFrames.js';
import { wasmFunctions } from './wasmFrames.js';

/** What a thread is doing at a moment: a cause, or nothing because it has no task. */
export type Activity = CauseId | 'idle';

const CAUSE_OF_CLASS: Readonly<Record<FunctionClassName, CauseId>> = {
  scalar: 'isa.scalar',
  simd128: 'isa.simd128',
  relaxed: 'isa.relaxed',
  atomic: 'isa.atomic',
  spin: 'contention.spin',
  wait: 'contention.workers',
  copy: 'runtime.memory',
  unknown: 'isa.unknown',
};

/** V8's own frames, https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/profiler/profile-generator.cc */
const OWN: ReadonlyMap<string, Activity> = new Map([
  ['(garbage collector)', 'runtime.gc'],
  ['(idle)', 'idle'],
  ['(program)', 'unattributed'],
  ['(root)', 'unattributed'],
]);

/** Builtins, which have no script, that copy between buffers or grow them. Those that V8 inlines show no frame: their caller has the time. */
const COPIES = new Set(['set', 'slice', 'copyWithin', 'fill', 'structuredClone', 'grow']);

/** Functions that stand in the place of the GPU's API, by name. */
const GPU_CALLS: ReadonlyMap<string, CauseId> = new Map([
  [gpuFrameNames.encode, 'gpu.encode'],
  [gpuFrameNames.compile, 'gpu.compile'],
  [gpuFrameNames.transfer, 'gpu.transfer'],
  [gpuFrameNames.submit, 'gpu.ipc'],
  [gpuFrameNames.sync, 'gpu.sync'],
]);

/** Per row of callFrames: what a sample says whose innermost frame it is. */
export function stackActivities(trace: Trace, functions: readonly (SampledFunction | null)[]): Activity[] {
  const { columns, length } = trace.tables.callFrames;
  const inGpuCall = gpuCalls(trace);
  return Array.from({ length }, (_, row) => {
    const called = inGpuCall(row);
    if (called !== null) return called;
    const sampled = functions[row];
    if (sampled) return sampled.class === null ? 'isa.unknown' : CAUSE_OF_CLASS[sampled.class];
    const name = columns.function.at(row);
    const url = columns.url.at(row);
    if (url === '') return OWN.get(name) ?? (COPIES.has(name) ? 'runtime.memory' : 'runtime.glue');
    return 'runtime.glue';
  });
}

/**
 * Whether a frame is a call of the GPU's API: the hook's function in its place, what that does by functions of its own script, and the
 * browser's own below it, where V8 gives it a frame.
 */
function gpuCalls(trace: Trace): (row: number) => CauseId | null {
  const { columns } = trace.tables.callFrames;
  if (![...GPU_CALLS.keys()].some((name) => columns.function.strings.includes(name))) return () => null;
  const known = new Map<number, CauseId | null>();
  const of = (row: number): CauseId | null => {
    if (row < 0) return null;
    let cause = known.get(row);
    if (cause === undefined) {
      cause = GPU_CALLS.get(columns.function.at(row)) ?? null;
      const parent = columns.parent[row]!;
      const url = columns.url.at(row);
      const isOwn = parent >= 0 && (url === '' ? !OWN.has(columns.function.at(row)) : url === columns.url.at(parent));
      if (cause === null && isOwn) cause = of(parent);
      known.set(row, cause);
    }
    return cause;
  };
  return of;
}

/** What each call-stack frame of the trace says of its thread. */
export const activities = fact('activities', (get) => stackActivities(get(trace), get(wasmFunctions).functions));

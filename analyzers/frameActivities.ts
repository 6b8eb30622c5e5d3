import type { Trace } from '../src/trace/trace.js';
import type { FunctionClassName } from '../src/wasm/classify.js';
import type { CauseId } from './causes.js';
import type { SampledFunction } from './wasmFrames.js';

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

/** Per row of callFrames: what a sample says whose innermost frame it is. */
export function frameActivities(trace: Trace, functions: readonly (SampledFunction | null)[]): Activity[] {
  const { columns, length } = trace.tables.callFrames;
  return Array.from({ length }, (_, row) => {
    const sampled = functions[row];
    if (sampled) return sampled.class === null ? 'isa.unknown' : CAUSE_OF_CLASS[sampled.class];
    const name = columns.function.at(row);
    const url = columns.url.at(row);
    if (url === '') return OWN.get(name) ?? (COPIES.has(name) ? 'runtime.memory' : 'runtime.glue');
    return 'runtime.glue';
  });
}

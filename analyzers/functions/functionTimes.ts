import type { Trace } from '../../src/trace/trace.js';
import { fractionsOf } from '../../src/wasm/mix.js';
import type { ActivityParts } from '../activity/activityParts.js';
import type { Activity } from '../activity/callStacks.js';
import { POLLS } from '../activity/polling.js';
import { samplesBetween } from '../activity/search.js';
import { totalUs, union } from '../activity/spans.js';
import { threadLabel } from '../activity/threads.js';
import type { WasmFunctions } from '../activity/wasmFunctions.js';
import type { Window } from '../activity/window.js';
import { contention } from '../partition/causes/index.js';
import type { WasmFunctionTime } from './wasmUse.js';

/**
 * Self time of all Wasm functions inside the windows, by thread, largest first. A function's time is its share of its thread's
 * samples; its instruction mix is what it executed, or that of its innermost loops where that was not counted.
 * @param parts causes of the time of functions that work
 * @param coreShare part of the windows' time in which threads did not lack a core
 */
export function wasmFunctionTimes(
  trace: Trace,
  windows: readonly Window[],
  functions: WasmFunctions['functions'],
  activities: readonly Activity[],
  parts: ActivityParts = [],
  coreShare = 1,
): WasmFunctionTime[] {
  const { columns } = trace.tables.samples;
  const rows: FunctionRow[] = [];
  // Windows of two threads may overlap: no sample is counted twice.
  const inWindows = union(windows);
  const wallMs = totalUs(inWindows) / 1000;
  for (const thread of sampledThreads(trace, windows)) {
    const counts = new Map<number, number>();
    let samples = 0;
    for (const { startUs, endUs } of inWindows) {
      const [from, to] = samplesBetween(trace, thread, startUs, endUs);
      samples += to - from;
      for (let row = from; row < to; row++) {
        const frame = columns.frame[row]!;
        // Sleeping in a function is not self time.
        if (functions[frame] && activities[frame] !== contention.workers.id) counts.set(frame, (counts.get(frame) ?? 0) + 1);
      }
    }
    for (const row of functionTimes(counts, samples, wallMs, threadLabel(trace, thread), functions, activities, parts))
      rows.push(row);
  }
  return withRates(rows, windows.length, coreShare).sort((a, b) => b.selfMs - a.selfMs);
}

/** Without the rate, for which other threads matter. */
interface FunctionRow extends Omit<WasmFunctionTime, 'gflops'> {
  readonly samples: number;
}

/** With fewer samples, the error of a rate exceeds a tenth. */
const MIN_SAMPLES = 100;

function withRates(rows: readonly FunctionRow[], predictions: number, coreShare: number): WasmFunctionTime[] {
  const byFunction = new Map<string, { ms: number; samples: number }>();
  const keyOf = ({ index, name, module }: FunctionRow): string => `${index} ${name} ${module}`;
  for (const row of rows) {
    const { ms, samples } = byFunction.get(keyOf(row)) ?? { ms: 0, samples: 0 };
    byFunction.set(keyOf(row), { ms: ms + row.selfMs, samples: samples + row.samples });
  }
  return rows.map(({ samples: _, ...row }, i) => {
    const { ms, samples } = byFunction.get(keyOf(rows[i]!))!;
    const floats = row.floats && row.floats.scalar + row.floats.vector;
    return { ...row, gflops: floats && samples >= MIN_SAMPLES ? (floats * predictions) / (ms * coreShare) / 1e6 : null };
  });
}

/** Sampled threads of the processes that own windows. The pool of another page is idle in these windows. */
function sampledThreads(trace: Trace, windows: readonly Window[]): number[] {
  const { pid } = trace.tables.threads.columns;
  const processes = new Set(windows.map(({ thread }) => pid[thread]));
  return [...new Set(trace.tables.callFrames.columns.thread)].filter((thread) => processes.has(pid[thread]));
}

/** One row per function. The same function called from elsewhere has another frame. */
function functionTimes(
  counts: ReadonlyMap<number, number>,
  samples: number,
  wallMs: number,
  thread: string,
  functions: WasmFunctions['functions'],
  activities: readonly Activity[],
  parts: ActivityParts,
): FunctionRow[] {
  const byFunction = new Map<string, { frame: number; count: number }>();
  for (const [frame, count] of counts) {
    const { url, name, index, class: kind } = functions[frame]!;
    // A helper of what polls may serve others, too.
    const key = `${index} ${name} ${url} ${kind}`;
    const known = byFunction.get(key);
    if (known) known.count += count;
    else byFunction.set(key, { frame, count });
  }
  return [...byFunction.values()].map(({ frame, count }) => {
    const { name, index, url, module, code, executed, class: kind, evidence } = functions[frame]!;
    return {
      name,
      index,
      module: url,
      thread,
      share: count / samples,
      selfMs: (count / samples) * wallMs,
      cause: kind === null ? null : (activities[frame] ?? null),
      causes: (parts[frame] ?? []).map(({ value: cause, ...part }) => ({ cause, ...part })),
      counted: executed !== null,
      floats: executed?.floats ?? null,
      samples: count,
      ...(evidence === POLLS && { evidence }),
      mix: code && fractionsOf(executed?.mix ?? code.hot),
      bodyBytes: module && index !== null ? (module.index.bodyBytes[index - module.index.importedFunctions] ?? null) : null,
    };
  });
}

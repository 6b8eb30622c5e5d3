import type { Trace } from '../src/trace/trace.js';
import type { CauseId } from './causes.js';
import type { Activity } from './frameCause.js';
import type { SplitWindows } from './partition.js';
import { lowerBound, rowsOfThread } from './rows.js';
import { sliceCause } from './sliceCause.js';
import type { WasmFrames } from './wasmFrames.js';

type Counts = Map<CauseId, Map<string, number>>;

const SHOWN = 3;

/**
 * One line per cause on what the trace shows for it inside the windows: how many samples and in which functions, which slices.
 * Names in it are untrusted text.
 */
export function evidence(
  trace: Trace,
  { windows }: SplitWindows,
  { functions }: WasmFrames,
  activities: readonly Activity[],
): Partial<Record<CauseId, string>> {
  const samples: Counts = new Map();
  const slices: Counts = new Map();
  const proof = new Map<string, string>();
  const { columns: sampled } = trace.tables.samples;
  const { columns: nested } = trace.tables.slices;
  const { columns: frames } = trace.tables.callFrames;
  for (const { window } of windows) {
    const { thread, startUs, endUs } = window;
    const [from, to] = rowsOfThread(sampled.thread, thread);
    for (let row = lowerBound(sampled.atUs, startUs, from, to); row < to && sampled.atUs[row]! < endUs; row++) {
      const frame = sampled.frame[row]!;
      const activity = activities[frame]!;
      if (activity === 'idle') continue;
      const wasm = functions[frame];
      const name = wasm?.name ?? (frames.function.at(frame) || '(anonymous)');
      if (wasm?.evidence) proof.set(name, wasm.evidence);
      count(samples, activity, name);
    }
    const [first, last] = rowsOfThread(nested.thread, thread);
    for (let row = lowerBound(nested.startUs, startUs, first, last); row < last && nested.startUs[row]! < endUs; row++) {
      const name = nested.name.at(row);
      const cause = sliceCause(name);
      if (cause) count(slices, cause, name);
    }
  }
  const lines: Partial<Record<CauseId, string>> = {
    'contention.preempted': 'wall time of the windows beyond the owner’s CPU time, sleep and idleness',
    'contention.page': 'tasks on the owner’s thread without a script of the run on their stacks',
  };
  for (const cause of new Set([...samples.keys(), ...slices.keys()])) {
    const parts = [described(samples.get(cause), 'sample'), described(slices.get(cause), 'slice')].filter((part) => part !== '');
    const most = top(samples.get(cause))[0]?.[0];
    const code = most === undefined ? undefined : proof.get(most);
    lines[cause] = code ? `${parts.join('; ')}. ${most}: ${code}` : parts.join('; ');
  }
  return lines;
}

function count(counts: Counts, cause: CauseId, name: string): void {
  const names = counts.get(cause) ?? new Map<string, number>();
  names.set(name, (names.get(name) ?? 0) + 1);
  counts.set(cause, names);
}

function described(names: ReadonlyMap<string, number> | undefined, unit: string): string {
  if (!names) return '';
  const total = [...names.values()].reduce((sum, n) => sum + n, 0);
  const shown = top(names).map(([name, n]) => `${name} ${Math.round((n / total) * 100)} %`);
  return `${total} ${unit}${total === 1 ? '' : 's'} (${shown.join(', ')}${names.size > SHOWN ? ', …' : ''})`;
}

function top(names: ReadonlyMap<string, number> = new Map()): [string, number][] {
  return [...names].sort((a, b) => b[1] - a[1]).slice(0, SHOWN);
}

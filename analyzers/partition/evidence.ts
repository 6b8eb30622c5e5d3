import type { Trace } from '../../src/trace/trace.js';
import type { Activity } from '../activity/callStacks.js';
import { deviceClock } from '../activity/gpu/deviceClock.js';
import type { RealmOnTrace } from '../activity/gpu/realm.js';
import { firstReachingInto, lowerBound, rowsOfThread, samplesBetween } from '../activity/search.js';
import { threadLabel } from '../activity/threads.js';
import type { WasmFunctions } from '../activity/wasmFrames.js';
import type { Window } from '../activity/window.js';
import type { CauseId } from './causes.js';
import { sliceCause } from './sliceCause.js';
import type { SplitWindow } from './splitWindows.js';

/** Per cause, what the trace shows for it, in one line. Names in it are untrusted text. */
export type Evidence = Readonly<Partial<Record<CauseId, string>>>;

type Counts = Map<CauseId, Map<string, number>>;

const SHOWN = 3;
/** Slices in which V8 tells a profiler of new code. */
const LOG_CODE = new Set(['V8.LogCode', 'wasm.LogCode']);

/**
 * What the trace shows for the causes inside these windows: how many samples of the owner and in which functions, which slices, which
 * threads ran meanwhile.
 * @param meanwhile what causes rest on that go on elsewhere while the owner waits
 */
export function evidence(
  trace: Trace,
  windows: readonly SplitWindow[],
  { functions }: WasmFunctions,
  activities: readonly Activity[],
  meanwhile: Evidence = {},
): Evidence {
  const samples: Counts = new Map();
  const slices: Counts = new Map();
  const proof = new Map<string, string>();
  let logUs = 0;
  const { columns: sampled } = trace.tables.samples;
  const { columns: nested } = trace.tables.slices;
  const { columns: frames } = trace.tables.callFrames;
  for (const { window, path } of windows) {
    const { thread, startUs, endUs } = window;
    const [from, to] = samplesBetween(trace, thread, startUs, endUs);
    let step = 0;
    for (let row = from; row < to; row++) {
      while (step < path.length - 1 && path[step]!.endUs <= sampled.atUs[row]!) step++;
      const frame = sampled.frame[row]!;
      const activity = activities[frame];
      // Where a slice or a page task counts instead, the sample is no evidence: its time is theirs.
      if (activity === undefined || activity === 'idle' || activity !== path[step]!.value) continue;
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
      const parent = nested.parent[row]!;
      if (LOG_CODE.has(name) && !(parent >= 0 && LOG_CODE.has(nested.name.at(parent)))) {
        logUs += Math.min(nested.startUs[row]! + nested.durationUs[row]!, endUs) - nested.startUs[row]!;
      }
    }
  }
  const lines: Partial<Record<CauseId, string>> = {};
  for (const cause of new Set([...samples.keys(), ...slices.keys()])) {
    const parts = [described(samples.get(cause), 'sample'), described(slices.get(cause), 'slice')].filter((part) => part !== '');
    const most = top(samples.get(cause))[0]?.[0];
    const code = most === undefined ? undefined : proof.get(most);
    lines[cause] = code ? `${parts.join('; ')}. ${most}: ${code}` : parts.join('; ');
  }
  if (logUs > 0) {
    lines['runtime.compile'] +=
      `; ${ms(logUs)} of wall time in LogCode, where V8 tells the profiler of new code: a cost of recording`;
  }
  return {
    ...lines,
    ...preempted(trace, windows),
    ...locked(windows),
    ...page(windows),
    ...elsewhere(windows, lines, meanwhile),
  };
}

function preempted(trace: Trace, windows: readonly SplitWindow[]): Evidence {
  const held = windows.filter(({ split }) => split['contention.preempted'] > 0).map(({ window }) => window);
  if (held.length === 0) return {};
  const beside = runningBeside(trace, held).slice(0, SHOWN);
  const meanwhile = beside.map(({ thread, cpuUs }) => `${thread} ${ms(cpuUs)}`).join(', ');
  const line = 'wall time beyond the owner’s CPU time, sleep and idleness';
  return { 'contention.preempted': meanwhile ? `${line}; CPU time of other threads in these windows: ${meanwhile}` : line };
}

function locked(windows: readonly SplitWindow[]): Evidence {
  const held = windows.filter(({ split }) => split['contention.lock'] > 0);
  if (held.length === 0) return {};
  const longestUs = held.reduce((longest, { split }) => Math.max(longest, split['contention.lock']), 0);
  return {
    'contention.lock': `off the CPU without waiting for a core, by the kernel’s figures, and not sampled meanwhile, in ${plural(held.length, 'window')}; ${ms(longestUs)} in one at the most`,
  };
}

function page(windows: readonly SplitWindow[]): Evidence {
  const tasks = windows.reduce((sum, { path }) => sum + path.filter(({ value }) => value === 'contention.page').length, 0);
  if (tasks === 0) return {};
  return {
    'contention.page': `${plural(tasks, 'task')} on the owner’s thread without a script of the run on the sampled stacks`,
  };
}

/** Causes that the owner shows nothing of inside the windows: by a sample just outside, or by a thread that it waited for. */
function elsewhere(windows: readonly SplitWindow[], lines: Evidence, meanwhile: Evidence): Evidence {
  const more: Partial<Record<CauseId, string>> = {};
  for (const { path } of windows) {
    for (const { value } of path) {
      const own = lines[value];
      const other = meanwhile[value];
      if (own !== undefined && other !== undefined) more[value] ??= `${own}; ${other}`;
      if (own === undefined && value !== 'contention.page') more[value] ??= other ?? OTHER_THREAD;
    }
  }
  if (more.unattributed) more.unattributed = 'stretches without samples';
  return more;
}

const OTHER_THREAD = 'samples and slices of other threads while the owner had no task, or at the edges of the windows';

function count(counts: Counts, cause: CauseId, name: string): void {
  const names = counts.get(cause) ?? new Map<string, number>();
  names.set(name, (names.get(name) ?? 0) + 1);
  counts.set(cause, names);
}

function described(names: ReadonlyMap<string, number> | undefined, unit: string): string {
  if (!names) return '';
  const total = [...names.values()].reduce((sum, n) => sum + n, 0);
  const shown = top(names).map(([name, n]) => `${name} ${Math.round((n / total) * 100)} %`);
  return `${plural(total, unit)} (${shown.join(', ')}${names.size > SHOWN ? ', …' : ''})`;
}

function top(names: ReadonlyMap<string, number> = new Map()): [string, number][] {
  return [...names].sort((a, b) => b[1] - a[1]).slice(0, SHOWN);
}

const plural = (n: number, unit: string): string => `${n} ${unit}${n === 1 ? '' : 's'}`;

const ms = (us: number): string => `${(us / 1000).toFixed(1)} ms`;

/**
 * CPU time that the other threads of the trace spent on their tasks during the windows, by thread, largest first, µs: who had the
 * cores meanwhile. Of a task that a window cuts, in proportion. Threads without thread times are left out.
 */
export function runningBeside(trace: Trace, windows: readonly Window[]): { readonly thread: string; readonly cpuUs: number }[] {
  const { columns } = trace.tables.slices;
  const found: { thread: string; cpuUs: number }[] = [];
  for (let thread = 0; thread < trace.tables.threads.length; thread++) {
    const [from, to] = rowsOfThread(columns.thread, thread);
    let cpuUs = 0;
    for (const { thread: owner, startUs, endUs } of windows) {
      if (thread === owner) continue;
      for (let row = firstReachingInto(trace, startUs, from, to); row < to && columns.startUs[row]! < endUs; row++) {
        if (columns.depth[row] !== 0) continue;
        const start = columns.startUs[row]!;
        const durationUs = columns.durationUs[row]!;
        const insideUs = Math.min(start + durationUs, endUs) - Math.max(start, startUs);
        if (insideUs > 0 && columns.cpuUs[row]! > 0) cpuUs += (columns.cpuUs[row]! * insideUs) / durationUs;
      }
    }
    if (cpuUs > 0) found.push({ thread: threadLabel(trace, thread), cpuUs });
  }
  return found.sort((a, b) => b.cpuUs - a.cpuUs);
}

/** What GPU causes rest on while the page waits, in words; what of them is on its own thread shows in its samples and slices. */
export function gpuEvidence(realms: readonly RealmOnTrace[]): Evidence {
  return {
    'gpu.execute': executing(realms),
    'gpu.validate': 'tasks of the GPU process with commands of this thread, while it waited',
    'gpu.compile': 'shaders and pipelines made in the GPU process while this thread waited for them',
    'gpu.ipc': 'waiting before the GPU process took commands up',
    'gpu.transfer': 'reading back and uploading in the GPU process while this thread waited',
    'gpu.sync': 'waiting when neither the GPU process nor the device did anything for it',
  };
}

function executing(realms: readonly RealmOnTrace[]): string {
  const stamped = realms.reduce((sum, { log }) => sum + log.passes.startUs.filter((startUs) => startUs >= 0).length, 0);
  const measured = realms.reduce((sum, { log }) => sum + log.passes.startUs.filter((startUs) => startUs < 0).length, 0);
  if (stamped > 0) {
    const errors = realms.map((realm) => deviceClock(realm)?.errorUs ?? null).filter((errorUs) => errorUs !== null);
    const known = errors.length > 0 ? `, known on the trace’s clock to ${(Math.max(...errors) / 1000).toFixed(1)} ms` : '';
    return `${stamped} passes of the whole trace, by the device’s own timestamps${known}`;
  }
  if (measured > 0) {
    return `${measured} stretches of draws of the whole trace, whose length the device tells; they begin when the GPU process had taken them up`;
  }
  return 'until the answer was there: the device tells no times';
}

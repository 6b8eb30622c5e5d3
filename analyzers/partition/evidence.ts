import type { Trace } from '../../src/trace/trace.js';
import type { ActivityParts } from '../activity/activityParts.js';
import type { Activity } from '../activity/callStacks.js';
import { deviceClock } from '../activity/gpu/deviceClock.js';
import type { RealmOnTrace } from '../activity/gpu/realm.js';
import { firstReachingInto, lowerBound, rowsOfThread } from '../activity/search.js';
import { threadLabel } from '../activity/threads.js';
import type { WasmFunctions } from '../activity/wasmFunctions.js';
import type { Window } from '../activity/window.js';
import type { DeviceTimes } from './causes/cause.js';
import { type CauseId, causeIds, causes } from './causes/index.js';
import { sliceCause } from './causes/rules.js';
import { samplesOnPath } from './samplesOnPath.js';
import type { SplitWindow } from './splitWindows.js';
import { uncertainCauses, uncertainText } from './uncertainCauses.js';

/** One line per cause on what the trace shows for it. Names in it are untrusted text. */
export type Evidence = Readonly<Partial<Record<CauseId, string>>>;

type Counts = Map<CauseId, Map<string, number>>;

const SHOWN = 3;
/** Slices in which V8 reports new code to a profiler. */
const LOG_CODE = new Set(['V8.LogCode', 'wasm.LogCode']);

/**
 * What the trace shows for each cause inside these windows: the owner's samples and their functions, slices, and threads that ran
 * at the same time. The entry of each cause words its line.
 * @param realms recorded calls of GPU APIs
 * @param parts call frames whose time is of several causes
 */
export function evidence(
  trace: Trace,
  windows: readonly SplitWindow[],
  { functions }: WasmFunctions,
  activities: readonly Activity[],
  realms: readonly RealmOnTrace[] = [],
  parts: ActivityParts = [],
): Evidence {
  const { own, logCodeMs } = ownEvidence(trace, windows, functions, activities, parts);
  const uncertain = uncertainCauses(trace, windows, activities, parts);
  const device = deviceTimes(realms);
  const stretches = new Map<CauseId, number>();
  for (const { path } of windows) for (const { value } of path) stretches.set(value, (stretches.get(value) ?? 0) + 1);
  const lines: Partial<Record<CauseId, string>> = {};
  for (const id of causeIds) {
    const held = windows.filter(({ split }) => split[id] > 0);
    const line = causes[id].evidence({
      own: own.get(id) ?? null,
      stretches: stretches.get(id) ?? 0,
      windows: held.length,
      longestMs: held.reduce((longest, { split }) => Math.max(longest, split[id]), 0) / 1000,
      logCodeMs,
      otherThreads: () => {
        const running = runningBeside(
          trace,
          held.map(({ window }) => window),
        );
        return running.map(({ thread, cpuUs }) => ({ thread, cpuMs: cpuUs / 1000 }));
      },
      device,
    });
    const range = uncertain?.causes.find((each) => each.id === id);
    const doubt = range ? `; it may be ${uncertainText(uncertain!, range)}` : '';
    if (line !== null) lines[id] = `${line}${doubt}`;
  }
  return lines;
}

/** Samples and slices of the owner by cause, in words. */
function ownEvidence(
  trace: Trace,
  windows: readonly SplitWindow[],
  functions: WasmFunctions['functions'],
  activities: readonly Activity[],
  parts: ActivityParts,
): { own: Map<CauseId, string>; logCodeMs: number } {
  const samples: Counts = new Map();
  const slices: Counts = new Map();
  const proof = new Map<string, string>();
  let logUs = 0;
  const { columns: nested } = trace.tables.slices;
  const { columns: frames } = trace.tables.callFrames;
  for (const { frame, causes: own } of samplesOnPath(trace, windows, activities, parts)) {
    const wasm = functions[frame];
    const name = wasm?.name ?? (frames.function.at(frame) || '(anonymous)');
    if (wasm?.evidence) proof.set(name, wasm.evidence);
    for (const { value, share } of own) if (share > 0) count(samples, value, name, share);
  }
  for (const { window } of windows) {
    const { thread, startUs, endUs } = window;
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
  const own = new Map<CauseId, string>();
  for (const cause of new Set([...samples.keys(), ...slices.keys()])) {
    const parts = [described(samples.get(cause), 'sample'), described(slices.get(cause), 'slice')].filter((part) => part !== '');
    const most = top(samples.get(cause))[0]?.[0];
    const code = most === undefined ? undefined : proof.get(most);
    own.set(cause, code ? `${parts.join('; ')}. ${most}: ${code}` : parts.join('; '));
  }
  return { own, logCodeMs: logUs / 1000 };
}

/** @param amount of a sample whose function's time is of several causes: its part */
function count(counts: Counts, cause: CauseId, name: string, amount = 1): void {
  const names = counts.get(cause) ?? new Map<string, number>();
  names.set(name, (names.get(name) ?? 0) + amount);
  counts.set(cause, names);
}

function described(names: ReadonlyMap<string, number> | undefined, unit: string): string {
  if (!names) return '';
  const sum = [...names.values()].reduce((all, n) => all + n, 0);
  const shown = top(names).map(([name, n]) => `${name} ${Math.round((n / sum) * 100)} %`);
  const total = Math.max(1, Math.round(sum));
  return `${total} ${unit}${total === 1 ? '' : 's'} (${shown.join(', ')}${names.size > SHOWN ? ', …' : ''})`;
}

function top(names: ReadonlyMap<string, number> = new Map()): [string, number][] {
  return [...names].sort((a, b) => b[1] - a[1]).slice(0, SHOWN);
}

/**
 * CPU time of the tasks of all other threads during the windows, µs, by thread, largest first. These threads had the cores. A
 * task that reaches beyond a window counts in proportion. Threads without thread times are left out.
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

/** Kinds of times that the device gave, over the whole trace. */
function deviceTimes(realms: readonly RealmOnTrace[]): DeviceTimes {
  const passes = (isOne: (startUs: number) => boolean): number =>
    realms.reduce((sum, { log }) => sum + log.passes.startUs.filter(isOne).length, 0);
  const errorsUs = realms.flatMap((realm) => deviceClock(realm)?.errorUs ?? []);
  return {
    stamped: passes((startUs) => startUs >= 0),
    elapsed: passes((startUs) => startUs < 0),
    clockErrorMs: errorsUs.length > 0 ? Math.max(...errorsUs) / 1000 : null,
  };
}

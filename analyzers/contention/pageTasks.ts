import type { Trace } from '../../src/trace/trace.js';
import { sliceArgs } from '../activity/findSlices.js';
import { nearestFrame } from '../activity/nearestFrame.js';
import { firstWhere, samplesBetween } from '../activity/search.js';
import { contention } from '../partition/causes/index.js';
import type { SplitWindow, SplitWindows } from '../partition/splitWindows.js';

/** Tasks of one kind; sums over all windows. */
export interface PageTask {
  /** Name of the first informative slice in the task, or of the function that ran. Untrusted text. */
  readonly name: string;
  /** URL of a script that the task ran. Untrusted text. */
  readonly script: string | null;
  readonly count: number;
  readonly totalMs: number;
  readonly longestMs: number;
}

const SHOWN = 20;
/** Event-loop slices that only wrap a task and do not tell what runs in it. */
const WRAPPER_SLICE =
  /^(RunTask|ThreadControllerImpl::RunTask|ThreadPool_RunTask|Receive mojo message|SimpleWatcher::OnHandleReady|Task|v8\.callFunction|RunMicrotasks)$|^ThreadController/;

/**
 * The page's tasks behind the cause contention.page: those in the middle of windows, grouped by what they did. A task is named
 * after its outermost informative slice, the script that it ran, or else the function that was sampled most. Sums of all windows;
 * largest first.
 */
export function pageTaskTimes(trace: Trace, { windows, pageTasks }: SplitWindows): PageTask[] {
  if (pageTasks.size === 0) return [];
  const { columns } = trace.tables.slices;
  const scripts = sliceArgs(trace, 'data.url', 'text');
  const { url } = trace.tables.callFrames.columns;
  const scriptOf = nearestFrame(trace, (frame) => url.at(frame) !== '');
  const windowsOf = byThread(windows);
  const byName = new Map<string, { name: string; script: string | null; count: number; totalUs: number; longestUs: number }>();
  for (const row of pageTasks) {
    const startUs = columns.startUs[row]!;
    const endUs = startUs + columns.durationUs[row]!;
    const insideUs = timeOnPath(windowsOf.get(columns.thread[row]!) ?? [], startUs, endUs);
    // The task may lie in the warm-up.
    if (insideUs === 0) continue;
    const what = nameOf(trace, row, endUs, scripts, scriptOf);
    const key = `${what.name} ${what.script}`;
    const known = byName.get(key) ?? { ...what, count: 0, totalUs: 0, longestUs: 0 };
    known.count++;
    known.totalUs += insideUs;
    known.longestUs = Math.max(known.longestUs, insideUs);
    byName.set(key, known);
  }
  return [...byName.values()]
    .sort((a, b) => b.totalUs - a.totalUs)
    .slice(0, SHOWN)
    .map(({ name, script, count, totalUs, longestUs }) => ({
      name,
      script,
      count,
      totalMs: totalUs / 1000,
      longestMs: longestUs / 1000,
    }));
}

/** The windows of each thread, by time. Those of one thread end in the order in which they begin. */
function byThread(windows: readonly SplitWindow[]): ReadonlyMap<number, readonly SplitWindow[]> {
  const found = new Map<number, SplitWindow[]>();
  const byTime = [...windows].sort((a, b) => a.window.startUs - b.window.startUs || a.window.endUs - b.window.endUs);
  for (const split of byTime) {
    const own = found.get(split.window.thread);
    if (own) own.push(split);
    else found.set(split.window.thread, [split]);
  }
  return found;
}

/**
 * The part of a task's time that the critical paths of the windows attribute to the page.
 * @param windows of its thread, by time
 */
function timeOnPath(windows: readonly SplitWindow[], startUs: number, endUs: number): number {
  let us = 0;
  const first = firstWhere(windows.length, (i) => windows[i]!.window.endUs > startUs);
  for (let i = first; i < windows.length && windows[i]!.window.startUs < endUs; i++) {
    for (const span of windows[i]!.path) {
      if (span.value === contention.page.id) us += Math.max(0, Math.min(span.endUs, endUs) - Math.max(span.startUs, startUs));
    }
  }
  return us;
}

function nameOf(
  trace: Trace,
  task: number,
  endUs: number,
  scripts: ReadonlyMap<number, string>,
  scriptOf: (frame: number) => number,
): { name: string; script: string | null } {
  const { columns, length } = trace.tables.slices;
  const thread = columns.thread[task]!;
  let name: string | null = null;
  let script: string | null = null;
  for (let row = task; row < length && columns.thread[row] === thread && columns.startUs[row]! < endUs; row++) {
    if (name === null && !WRAPPER_SLICE.test(columns.name.at(row))) name = columns.name.at(row);
    script ??= scripts.get(row) || null;
    if (name !== null && script !== null) break;
  }
  const sampled = mostSampled(trace, thread, columns.startUs[task]!, endUs, scriptOf);
  return { name: name ?? sampled?.name ?? columns.name.at(task), script: script ?? sampled?.script ?? null };
}

/** The scripted function that is the innermost one of most samples. */
function mostSampled(
  trace: Trace,
  thread: number,
  startUs: number,
  endUs: number,
  scriptOf: (frame: number) => number,
): { name: string; script: string } | null {
  const { columns } = trace.tables.callFrames;
  const counts = new Map<number, number>();
  const [from, to] = samplesBetween(trace, thread, startUs, endUs);
  for (let row = from; row < to; row++) {
    const frame = scriptOf(trace.tables.samples.columns.frame[row]!);
    if (frame >= 0) counts.set(frame, (counts.get(frame) ?? 0) + 1);
  }
  const most = [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
  if (most === undefined) return null;
  return { name: columns.function.at(most) || '(anonymous)', script: columns.url.at(most) };
}

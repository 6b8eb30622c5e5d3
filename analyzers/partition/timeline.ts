import type { Trace } from '../../src/trace/trace.js';
import { clip, type Span } from '../activity/spans.js';
import { threadLabel } from '../activity/threads.js';
import type { Window } from '../activity/window.js';
import { causeOf } from './causes/index.js';
import type { SplitWindow, SplitWindows } from './splitWindows.js';

/** The typical window, which is the one of median length, as rows of a picture: its critical path and its threads. */
export interface Timeline {
  readonly windowMs: number;
  readonly rows: readonly {
    readonly thread: string;
    readonly startMs: number;
    readonly endMs: number;
    readonly cause: string;
    readonly label: string;
  }[];
}

/** The row of what the window waits for. */
export const CRITICAL_PATH = 'critical path';
/** A picture has no room for more rows. The shortest are left out. */
const MAX_ROWS = 1500;

/** The window of median length, thread by thread, or null without windows. Threads that were idle in it are left out. */
export function typicalWindow(trace: Trace, { windows, threads }: SplitWindows): Timeline | null {
  const typical = medianWindow(windows);
  if (!typical) return null;
  const { window, path } = typical;
  const labelled = [...threads].map(([thread, { activity }]) => ({ label: threadLabel(trace, thread), activity }));
  return timelineOf(window, path, labelled);
}

/** The window of median length; null without windows. */
export function medianWindow(windows: readonly SplitWindow[]): SplitWindow | null {
  const byLength = [...windows].sort((a, b) => a.window.endUs - a.window.startUs - (b.window.endUs - b.window.startUs));
  return byLength[byLength.length >> 1] ?? null;
}

/**
 * One window as rows of a picture.
 * @param path its critical path
 * @param threads what each thread did; sorted without overlap
 */
export function timelineOf(
  { startUs, endUs }: Pick<Window, 'startUs' | 'endUs'>,
  path: readonly Span<string>[],
  threads: readonly { readonly label: string; readonly activity: readonly Span<string>[] }[],
): Timeline {
  const rows = path.map((span) => row(span, CRITICAL_PATH, startUs));
  for (const { label, activity } of threads) {
    for (const span of clip(activity, startUs, endUs)) {
      if (span.value !== 'idle') rows.push(row(span, label, startUs));
    }
  }
  const longest = rows.sort((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs)).slice(0, MAX_ROWS);
  return { windowMs: (endUs - startUs) / 1000, rows: longest.sort((a, b) => a.startMs - b.startMs) };
}

function row({ startUs, endUs, value }: Span<string>, thread: string, originUs: number): Timeline['rows'][number] {
  return {
    thread,
    startMs: (startUs - originUs) / 1000,
    endMs: (endUs - originUs) / 1000,
    cause: value,
    label: causeOf(value)?.title ?? value,
  };
}

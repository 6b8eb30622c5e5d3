import type { ColumnTable } from 'arquero';
import type { Span } from '../../analyzers/activity/spans.js';
import { type PoolThread, type Workers, workersIn as workersOf } from '../../analyzers/contention/workers.js';
import { contention } from '../../analyzers/partition/causes/index.js';
import { type Timeline, timelineOf } from '../../analyzers/partition/timeline.js';
import { numbers, tableIn, texts } from './columns.js';
import type { Tables } from './tables.js';
import { listOf, type TimedWindow, threadName } from './windows.js';

/**
 * One window as rows of a picture: what it waited for moment by moment (its critical path), and what each thread did. For
 * `timelineChart`; the report shows the same of the window of median length.
 */
export function timelineIn(run: Tables<'path' | 'activities' | 'threads'>, window: TimedWindow): Timeline {
  const table = tableIn(run, 'path');
  const of = numbers(table, 'window');
  const path = spansOf(table, 'cause').filter((_, row) => of[row] === window.row);
  return timelineOf(window, path, threadsOf(run));
}

/**
 * What the threads that take part in some windows did in them, from CPU samples: means per window, ms. Over all predictions these are
 * the numbers of the report (`workers` in the analysis), but for `preemptedMs`: the scheduler's records are not in these tables.
 * @returns null where no thread but the owner took part
 */
export function workersIn(run: Tables<'activities' | 'threads'>, of: TimedWindow | readonly TimedWindow[]): Workers | null {
  const windows = listOf(of);
  const waitedMs = windows.reduce(
    (sum, { causesMs }) => sum + (causesMs[contention.workers.id] ?? 0) + (causesMs[contention.spin.id] ?? 0),
    0,
  );
  return workersOf(windows, threadsOf(run), waitedMs * 1000);
}

/** The threads that windows may depend on, in the order of the table. */
function threadsOf(run: Tables<'activities' | 'threads'>): PoolThread[] {
  const threads = tableIn(run, 'threads');
  const table = tableIn(run, 'activities');
  const thread = numbers(table, 'thread');
  const byThread = new Map<number, Span<string>[]>();
  for (const [row, span] of spansOf(table, 'activity').entries()) {
    const own = byThread.get(thread[row]!);
    if (own) own.push(span);
    else byThread.set(thread[row]!, [span]);
  }
  return [...byThread].map(([row, activity]) => {
    return { thread: row, label: threadName(threads, row), activity, preemptedUs: null };
  });
}

function spansOf(table: ColumnTable, of: 'cause' | 'activity'): Span<string>[] {
  const [startUs, durationUs, value] = [numbers(table, 'startUs'), numbers(table, 'durationUs'), texts(table, of)];
  return Array.from({ length: table.totalRows() }, (_, row) => {
    return { startUs: startUs[row]!, endUs: startUs[row]! + durationUs[row]!, value: value.at(row) };
  });
}

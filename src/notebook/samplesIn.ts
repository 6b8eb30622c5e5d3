import type { ColumnTable } from 'arquero';
import { table } from 'arquero';
import { type Span, totalUs, union } from '../../analyzers/activity/spans.js';
import { numbers, tableIn, texts } from './columns.js';
import { asRead } from './slicesIn.js';
import type { Tables } from './tables.js';
import { listOf, type TimedWindow, threadName } from './windows.js';

/**
 * The CPU samples that were taken in one or more windows, of the threads of the processes that own them. Columns: `thread` and `frame`
 * (rows of threads and callFrames), `atUs`, `threadName`, `function` (the innermost; with the table callFrameActivities by the name that
 * the report has for it) and `ms`: the time that the sample stands for,
 * which is the time of the windows over the samples of its thread in them.
 * @param thread row of threads, for the samples of one thread
 */
export function samplesIn(
  run: Tables<'samples' | 'threads'> & FrameTables,
  of: TimedWindow | readonly TimedWindow[],
  { thread: wanted }: { readonly thread?: number } = {},
): ColumnTable {
  const samples = asRead(tableIn(run, 'samples'));
  const threads = tableIn(run, 'threads');
  const [thread, atUs, frame] = [numbers(samples, 'thread'), numbers(samples, 'atUs'), numbers(samples, 'frame')];
  const pid = numbers(threads, 'pid');
  const owners = new Set(listOf(of).map((window) => pid[window.thread]));
  // Windows of two threads may overlap: no sample is counted twice.
  const spans = union(listOf(of));
  const rows: number[] = [];
  const counts = new Map<number, number>();
  const isInside = insideOf(spans);
  for (let row = 0; row < samples.totalRows(); row++) {
    const own = thread[row]!;
    if (wanted === undefined ? !owners.has(pid[own]) : own !== wanted) continue;
    if (!isInside(atUs[row]!)) continue;
    rows.push(row);
    counts.set(own, (counts.get(own) ?? 0) + 1);
  }
  const wallMs = totalUs(spans) / 1000;
  const names = new Map([...counts.keys()].map((own) => [own, threadName(threads, own)]));
  const functions = functionNames(run);
  return table({
    thread: Int32Array.from(rows, (row) => thread[row]!),
    threadName: rows.map((row) => names.get(thread[row]!)!),
    atUs: Float64Array.from(rows, (row) => atUs[row]!),
    frame: Int32Array.from(rows, (row) => frame[row]!),
    function: rows.map((row) => (frame[row]! < 0 ? '(unknown)' : functions.at(frame[row]!))),
    ms: Float64Array.from(rows, (row) => wallMs / counts.get(thread[row]!)!),
  });
}

/** The call frames of a trace, and what its analysis knows of them. */
export type FrameTables = Tables<'callFrames'> & Partial<Tables<'callFrameActivities'>>;

/** Names of functions by row of callFrames. */
export const functionNames = (run: FrameTables): { at(row: number): string } =>
  texts(run.callFrameActivities ?? tableIn(run, 'callFrames'), 'function');

/** Whether a moment lies in one of the spans. Most moments are near the last one that was asked for. */
function insideOf(spans: readonly Span<unknown>[]): (atUs: number) => boolean {
  let i = 0;
  return (atUs) => {
    while (i > 0 && spans[i - 1]!.endUs > atUs) i--;
    while (i < spans.length && spans[i]!.endUs <= atUs) i++;
    return i < spans.length && spans[i]!.startUs <= atUs;
  };
}

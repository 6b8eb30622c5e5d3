import type { ColumnTable } from 'arquero';
import { mean } from 'simple-statistics';
import { type CauseId, causeOf } from '../../analyzers/partition/causes/index.js';
import { type CauseTime, causeTimes } from '../../analyzers/partition/partition.js';
import type { PartitionRow } from '../../analyzers/partition/partitionChart.js';
import { typicalOf } from '../stats/typical.js';
import { inertText } from '../text/inertText.js';
import { numbers, tableIn, texts } from './columns.js';
import type { Tables } from './tables.js';

/** One inference of the trace, or the setup, with its causes. */
export interface TimedWindow {
  /** Row of the table windows. */
  readonly row: number;
  /** "prediction 3", "warm-up", "setup". */
  readonly name: string;
  readonly kind: 'setup' | 'warm-up' | 'prediction';
  /** Row of threads that owns it, and that thread's name and id. */
  readonly thread: number;
  readonly threadName: string;
  /** Begin and end, µs on the trace clock. */
  readonly startUs: number;
  readonly endUs: number;
  /** Wall time, ms. */
  readonly ms: number;
  /** Wall time by cause, ms; sums to `ms`. */
  readonly causesMs: Readonly<Partial<Record<CauseId, number>>>;
}

/** The tables that windows are made of. */
export type WindowTables = Tables<'windows' | 'causes' | 'threads'>;

/** The windows of a run by their begin: setup and warm-up, where they were recorded, and the predictions, numbered from 1. */
export function windows(run: WindowTables): TimedWindow[] {
  const table = tableIn(run, 'windows');
  const [kinds, thread] = [texts(table, 'kind'), numbers(table, 'thread')];
  const [startUs, endUs, durationMs] = [numbers(table, 'startUs'), numbers(table, 'endUs'), numbers(table, 'durationMs')];
  const causesMs = causesByWindow(tableIn(run, 'causes'));
  const threads = tableIn(run, 'threads');
  let count = 0;
  return Array.from({ length: table.totalRows() }, (_, row) => {
    const kind = kinds.at(row) as TimedWindow['kind'];
    return {
      row,
      name: kind === 'prediction' ? `prediction ${++count}` : kind,
      kind,
      thread: thread[row]!,
      threadName: threadName(threads, thread[row]!),
      startUs: startUs[row]!,
      endUs: endUs[row]!,
      ms: durationMs[row]!,
      causesMs: causesMs.get(row) ?? {},
    };
  });
}

/** The predictions among the windows of a run: what the partition of the report is of. */
export const predictions = (run: WindowTables): TimedWindow[] => windows(run).filter(({ kind }) => kind === 'prediction');

function causesByWindow(table: ColumnTable): Map<number, Partial<Record<CauseId, number>>> {
  const [window, cause, ms] = [numbers(table, 'window'), texts(table, 'cause'), numbers(table, 'ms')];
  const found = new Map<number, Partial<Record<CauseId, number>>>();
  for (let row = 0; row < table.totalRows(); row++) {
    const own = found.get(window[row]!) ?? {};
    own[cause.at(row) as CauseId] = ms[row]!;
    found.set(window[row]!, own);
  }
  return found;
}

/** A thread's name and id, as the report shows them. */
export function threadName(threads: ColumnTable, row: number): string {
  return inertText(`${texts(threads, 'name').at(row) || 'thread'} ${texts(threads, 'id').at(row)}`, 80);
}

/** The middle half of some windows by their length, without outliers: what the report tells of a prediction is of these. */
export const typical = (windows: readonly TimedWindow[]): TimedWindow[] => typicalOf(windows, ({ ms }) => ms);

/**
 * Where the time of a window, or of the typical ones of several, goes: a row for each cause that has time in them, largest share
 * first, `unattributed` last. Over all predictions these are the numbers of the report: the mean of a window (ms) with its 95 %
 * interval, and its share, of 1. Evidence of a cause stands in the analysis (`partition.causes`).
 */
export function byCause(of: TimedWindow | readonly TimedWindow[]): CauseTime[] {
  return causeTimes(
    listOf(of).map(({ ms, causesMs }) => ({ ms, causeMs: (id: CauseId) => causesMs[id] ?? 0 })),
    {},
  );
}

/** The same as a row of `partitionChart`, as long as the window, or as the mean of the typical ones. */
export function causesRow(label: string, of: TimedWindow | readonly TimedWindow[]): PartitionRow {
  const lengthsMs = typical(listOf(of)).map(({ ms }) => ms);
  return { label, causes: byCause(of), length: lengthsMs.length > 0 ? mean(lengthsMs) : 0 };
}

/** A cause in one window, and in others. */
export interface CauseBeyond {
  readonly cause: string;
  readonly title: string;
  /** In the window, and the mean over the typical ones of the others, ms. */
  readonly ms: number;
  readonly usualMs: number;
  /** `ms` − `usualMs`. */
  readonly beyondMs: number;
}

/** What a window spends beyond others, cause by cause, largest difference first: why it is slow. */
export function causesBeyond(window: TimedWindow, others: readonly TimedWindow[]): CauseBeyond[] {
  const usual = new Map(byCause(others).map(({ id, ms }) => [id, ms]));
  const ids = new Set([...Object.keys(window.causesMs), ...usual.keys()]);
  return [...ids]
    .map((cause) => {
      const [ms, usualMs] = [window.causesMs[cause as CauseId] ?? 0, usual.get(cause) ?? 0];
      return { cause, title: causeOf(cause)?.title ?? cause, ms, usualMs, beyondMs: ms - usualMs };
    })
    .sort((a, b) => Math.abs(b.beyondMs) - Math.abs(a.beyondMs));
}

/** One window as a list of one. */
export const listOf = (of: TimedWindow | readonly TimedWindow[]): readonly TimedWindow[] =>
  Array.isArray(of) ? of : [of as TimedWindow];

import { median, min } from 'simple-statistics';
import type { Trace } from '../../src/trace/trace.js';

/**
 * What a viewer got of one vsync. `onTime`: all that was to change did. `partial`: the compositor moved its part over the main
 * thread's old one. `missed`: nothing new was shown, or it was shown too late. `idle`: nothing was to change.
 */
export type Verdict = 'onTime' | 'partial' | 'missed' | 'idle';

export interface Vsync {
  readonly startUs: number;
  readonly verdict: Verdict;
  /** When something of it was shown; two times where the main thread's part came after the compositor's. */
  readonly shownUs: readonly number[];
  /** Whether an animation needed the main thread. */
  readonly mainAnimation: boolean;
}

/** The vsyncs of one page. */
export interface Vsyncs {
  /** By time. */
  readonly rows: readonly Vsync[];
  /** Time between two of them, µs; null if no two follow each other. */
  readonly periodUs: number | null;
}

/** Farther apart, two vsyncs do not follow each other, µs. Displays have 30 Hz or more. */
const APART_US = 40_000;

/**
 * The vsyncs of a page, one row each. Up to two reporters tell of one, and Chromium counts it as dropped if the compositor's part
 * was, even where the main thread's part came later. So missed and partial vsyncs together are the `DroppedFrame` events of DevTools.
 * https://source.chromium.org/chromium/chromium/src/+/main:cc/metrics/frame_info_unittest.cc
 *
 * Of a process with several tabs or frames, the one with the most vsyncs counts, as one that shows nothing has hardly any.
 * @param processes ids of the page's processes; without any, the process counts in which most moved
 * @returns null if the trace reports no frames of it
 */
export function vsyncsOf(trace: Trace, processes: ReadonlySet<number>): Vsyncs | null {
  const { columns, length } = trace.tables.frames;
  const byTree = new Map<string, Map<string, number[]>>();
  for (let row = 0; row < length; row++) {
    const pid = columns.pid[row]!;
    if (processes.size > 0 && !processes.has(pid)) continue;
    const tree = `${pid} ${columns.host[row]}`;
    const sequence = columns.sequence[row]!;
    const vsync = Number.isNaN(sequence) ? `row ${row}` : `${columns.source[row]} ${sequence}`;
    const vsyncs = byTree.get(tree) ?? new Map<string, number[]>();
    byTree.set(tree, vsyncs);
    const reports = vsyncs.get(vsync);
    if (reports) reports.push(row);
    else vsyncs.set(vsync, [row]);
  }
  const pages = [...byTree.values()].map((vsyncs) => [...vsyncs.values()].map((reports) => vsyncOf(trace, reports)));
  const wanted = (rows: readonly Vsync[]): number => rows.filter(({ verdict }) => verdict !== 'idle').length;
  const [rows] = pages.sort((a, b) => wanted(b) - wanted(a) || b.length - a.length);
  if (!rows) return null;
  rows.sort((a, b) => a.startUs - b.startUs);
  const apartUs = rows
    .slice(1)
    .flatMap(({ startUs }, i) => (startUs - rows[i]!.startUs < APART_US ? [startUs - rows[i]!.startUs] : []));
  return { rows, periodUs: apartUs.length > 0 ? median(apartUs) : null };
}

/** @param reports rows of the table frames that tell of it */
function vsyncOf(trace: Trace, reports: readonly number[]): Vsync {
  const { columns } = trace.tables.frames;
  const states = reports.map((row) => columns.state.at(row));
  const shown = reports.filter((_, i) => states[i]!.startsWith('STATE_PRESENTED'));
  const isAffected = reports.some((row) => columns.affectsSmoothness[row] === 1);
  const verdict = (): Verdict => {
    if (states.includes('STATE_DROPPED')) return isAffected ? 'missed' : 'idle';
    if (shown.length === 0) return 'idle';
    return isAffected ? 'partial' : 'onTime';
  };
  return {
    startUs: min(reports.map((row) => columns.startUs[row]!)),
    verdict: verdict(),
    shownUs: [...new Set(shown.map((row) => columns.startUs[row]! + columns.durationUs[row]!))].sort((a, b) => a - b),
    mainAnimation: reports.some((row) => columns.mainAnimation[row] === 1),
  };
}

import { median } from 'simple-statistics';
import type { QoeCondition } from '../../src/bundle/qoeConditions.js';
import { type QoeRoundLog, roundMeasure } from '../../src/bundle/qoeLog.js';
import type { Scheduling } from '../../src/bundle/scheduling.js';
import type { Trace } from '../../src/trace/trace.js';
import { threadScheduling } from '../activity/scheduling.js';
import { type Span, union } from '../activity/spans.js';
import { gapsBetween, USUAL_PERIOD_US } from '../frames/frames.js';
import { type Vsync, vsyncsOf } from '../frames/vsyncs.js';
import type { QoeInput, RecordedRound } from '../input.js';
import { type Interaction, interactions } from '../responsiveness/inputs.js';
import { type AffectedVsync, causesOf } from './frameCauses.js';

/** What a round shows: one condition, for some seconds, in a page of its own. */
export interface QoeRound {
  readonly condition: QoeCondition;
  readonly log: QoeRoundLog;
  /** Begin of use, µs on the trace clock. */
  readonly startUs: number;
  readonly seconds: number;
  /** Stretches of inferences, on whatever thread. */
  readonly inferences: readonly Span<null>[];
  readonly interactions: readonly Interaction[];
  readonly vsyncs: readonly Vsync[];
  /** From each shown frame to the next, µs. */
  readonly gapsUs: readonly number[];
  /**
   * Whole vsyncs between a frame's own and the one at which it is shown, in the median. A page keeps for long what it once took:
   * either its compositor hands a frame in with the next vsync, or the display has drawn that vsync already. Null if nothing moved.
   */
  readonly vsyncsBehind: number | null;
  /** Those of the vsyncs that were missed or shown in part, with their causes. */
  readonly affected: readonly AffectedVsync[];
  /** Null without the scheduler’s records. */
  readonly contention: Contention | null;
}

/** Part of a round in which a thread had work and no core. Null for a thread that was not found. */
export interface Contention {
  readonly main: number | null;
  /** The page’s compositor. */
  readonly compositor: number | null;
  /** What puts frames of all pages together. */
  readonly viz: number | null;
}

/** A round that does not count. */
export interface LostRound {
  readonly round: QoeRoundLog;
  /** Completes "left out: …". */
  readonly why: string;
}

/** The rounds that were recorded, from the begin to the end of use, and those that do not count: what a trace does not show of a round is not known. */
export function qoeRounds(
  { log, recorded }: QoeInput,
  runId: string,
): { readonly rounds: readonly QoeRound[]; readonly lost: readonly LostRound[] } {
  const rounds: QoeRound[] = [];
  const lost: LostRound[] = [];
  for (const [i, round] of log.rounds.entries()) {
    const files = recorded[i]!;
    const read = 'problem' in files ? files.problem : readRound(round, files, runId);
    if (typeof read === 'string') lost.push({ round, why: read });
    else if (rounds.some(({ startUs }) => startUs === read.startUs))
      lost.push({ round, why: 'its trace is that of another round' });
    else rounds.push(read);
  }
  return { rounds, lost };
}

/** @returns the round, or why its trace does not show it */
function readRound(round: QoeRoundLog, { trace, scheduling }: RecordedRound, runId: string): QoeRound | string {
  // It has lost frames and inputs.
  if (trace.reading.cut) return `its trace is cut: ${trace.reading.cut.reason}`;
  const span = spanOf(trace, runId);
  if (!span) return 'its trace is of something else, as the use of this run’s page is not in it';
  const { startUs, endUs, thread } = span;
  const inferences = inferencesIn(trace, runId, null);
  const onMain = inferencesIn(trace, runId, thread);
  if (!infersThere(round, inferences.length, onMain.length)) return 'its trace is that of another round';
  const pid = trace.tables.threads.columns.pid[thread]!;
  const isIn = (at: { readonly startUs: number }): boolean => startUs <= at.startUs && at.startUs < endUs;
  const page = vsyncsOf(trace, new Set([pid]));
  const periodUs = page?.periodUs ?? USUAL_PERIOD_US;
  const vsyncs = page?.rows.filter(isIn) ?? [];
  return {
    condition: round.condition,
    log: round,
    startUs,
    inferences,
    seconds: (endUs - startUs) / 1e6,
    interactions: interactions(trace, pid).filter(isIn),
    vsyncs,
    gapsUs: gapsBetween(vsyncs, periodUs).map(([from, to]) => to - from),
    vsyncsBehind: vsyncsBehind(vsyncs, periodUs),
    affected: causesOf(trace, vsyncs, periodUs, threadsOf(trace, thread), onMain),
    contention: scheduling && contentionIn(trace, scheduling, span),
  };
}

/**
 * Whether inferences are where the round’s condition has them: GPU backends are called from the main thread, too.
 * @param anywhere how many there are, and on the page’s main thread
 */
function infersThere({ condition, inferencesMs }: QoeRoundLog, anywhere: number, onMain: number): boolean {
  if (condition === 'none') return anywhere === 0;
  if (anywhere === 0) return inferencesMs.length === 0;
  return onMain === (condition === 'worker' ? 0 : anywhere);
}

function vsyncsBehind(vsyncs: readonly Vsync[], periodUs: number): number | null {
  const laterUs = vsyncs.flatMap(({ startUs, shownUs, verdict }) =>
    verdict === 'idle' || shownUs.length === 0 ? [] : [shownUs.at(-1)! - startUs],
  );
  return laterUs.length > 0 ? Math.floor(median(laterUs) / periodUs) : null;
}

interface RoundSpan {
  readonly startUs: number;
  readonly endUs: number;
  /** The page’s main thread. */
  readonly thread: number;
}

function spanOf(trace: Trace, runId: string): RoundSpan | null {
  const { columns, length } = trace.tables.userTiming;
  const name = roundMeasure(runId);
  for (let row = 0; row < length; row++) {
    if (columns.kind.at(row) !== 'measure' || columns.name.at(row) !== name || columns.unclosed[row] === 1) continue;
    const startUs = columns.startUs[row]!;
    const durationUs = columns.durationUs[row]!;
    if (durationUs > 0) return { startUs, endUs: startUs + durationUs, thread: columns.thread[row]! };
  }
  return null;
}

function threadsOf(trace: Trace, main: number) {
  const { pid, name } = trace.tables.threads.columns;
  const rows = Array.from({ length: trace.tables.threads.length }, (_, row) => row);
  return {
    main,
    compositor: rows.filter((row) => pid[row] === pid[main] && name.at(row) === 'Compositor'),
    gpu: rows.filter((row) => /^(VizCompositorThread|CrGpuMain)$/.test(name.at(row))),
  };
}

/** Inferences, by the measures of the harness. @param thread null: on any thread */
function inferencesIn(trace: Trace, runId: string, thread: number | null): Span<null>[] {
  const { columns, length } = trace.tables.userTiming;
  const prefix = `inferscope:${runId}:iteration:`;
  const spans: Span<null>[] = [];
  for (let row = 0; row < length; row++) {
    if (thread !== null && columns.thread[row] !== thread) continue;
    if (columns.kind.at(row) !== 'measure' || !columns.name.at(row).startsWith(prefix)) continue;
    const startUs = columns.startUs[row]!;
    spans.push({ startUs, endUs: startUs + columns.durationUs[row]!, value: null });
  }
  return union(spans);
}

function contentionIn(trace: Trace, scheduling: Scheduling, span: RoundSpan): Contention {
  const { pid, name } = trace.tables.threads.columns;
  const threads = threadScheduling(trace, scheduling, () => []);
  const share = (isIt: (row: number) => boolean): number | null => {
    const found = threads.find(({ row }) => row >= 0 && isIt(row));
    return found ? found.during([span]).waitedUs / (span.endUs - span.startUs) : null;
  };
  return {
    main: share((row) => row === span.thread),
    compositor: share((row) => pid[row] === pid[span.thread] && name.at(row) === 'Compositor'),
    viz: share((row) => name.at(row) === 'VizCompositorThread'),
  };
}

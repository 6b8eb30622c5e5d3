import type { Trace } from '../../src/trace/trace.js';
import { type ScriptPlace, scriptPlaces } from '../activity/scriptPlace.js';
import { lowerBound, rowsOfThread } from '../activity/search.js';
import { firstEndingAfter, type Span } from '../activity/spans.js';
import { SILENCE, samplingUs } from '../activity/threadSpans.js';
import { outermostTasks, taskAt } from '../windows/tasks.js';

/** A function that made garbage, with its part of the time of collecting. Its name and the URL are untrusted text. */
export interface GarbageMaker extends Omit<ScriptPlace, 'column'> {
  /** Of the collections in the windows. */
  readonly ms: number;
  /** Of the time of all collections in the windows. What no sample tells of is missing from the sum. */
  readonly share: number;
}

/** Collections of one thread that stop it, by time and without overlap. */
export interface Collections {
  readonly thread: number;
  /** True for a collection that empties the space for new objects; false for a step of one. */
  readonly pauses: readonly Span<boolean>[];
  /** The parts of them in windows. */
  readonly inWindows: readonly Span<boolean>[];
}

const SHOWN = 12;

/**
 * Whose garbage was collected in the windows, as far as samples tell: no recording says who allocates. A collection begins in the middle of
 * an allocation, so it goes to the function of a script that was sampled right before and right after it in its task, to each by half if
 * they differ. If there is none, as for a collection in a task of its own, it is divided among the samples of scripts since the collection
 * before it, as if all scripts allocated alike. Wasm makes no garbage.
 * @returns null where no sample tells
 */
export function garbageMakers(
  trace: Trace,
  collections: readonly Collections[],
  allMs: number,
  sampledEveryUs: number | null = null,
): GarbageMaker[] | null {
  const placeOf = scriptPlaces(trace);
  const { codeType } = trace.tables.callFrames.columns;
  const { frame, atUs, thread: threadOf } = trace.tables.samples.columns;
  const makesGarbage = (row: number): boolean => codeType.at(frame[row]!) !== 'wasm' && placeOf(frame[row]!) !== null;
  const byFrame = new Map<number, number>();
  const give = (row: number, us: number): unknown => byFrame.set(frame[row]!, (byFrame.get(frame[row]!) ?? 0) + us);
  for (const { thread, pauses, inWindows } of collections) {
    const [from, to] = rowsOfThread(threadOf, thread);
    const nearUs = SILENCE * Math.max(samplingUs(atUs.subarray(from, to)) || 0, sampledEveryUs ?? 0);
    const emptiedUs = endsOfWhole(pauses);
    const interrupted = samplesAround(trace, thread, pauses, nearUs);
    for (const { startUs, endUs } of inWindows) {
      const at = firstEndingAfter(pauses, startUs);
      const { startUs: begunUs, value: isWhole } = pauses[at]!;
      const endedUs = pauses[at - 1]?.endUs ?? Number.NEGATIVE_INFINITY;
      const around = interrupted(at).filter(makesGarbage);
      for (const row of around) give(row, (endUs - startUs) / around.length);
      if (around.length > 0) continue;
      // Between two steps as between two whole collections, so that no sample is asked twice of either.
      const first = lowerBound(atUs, isWhole ? emptiedUs[at]! : endedUs, from, to);
      const makers = rowsBetween(first, lowerBound(atUs, begunUs, from, to)).filter(makesGarbage);
      for (const row of makers) give(row, (endUs - startUs) / makers.length);
    }
  }
  return byFrame.size === 0 ? null : ranked(byFrame, placeOf, allMs);
}

/** Tells of a pause the last sample before it and the first one behind it, as far as they are near to it and of the same task. */
function samplesAround(
  trace: Trace,
  thread: number,
  pauses: Collections['pauses'],
  nearUs: number,
): (pause: number) => readonly number[] {
  const { atUs, thread: threadOf } = trace.tables.samples.columns;
  const [from, to] = rowsOfThread(threadOf, thread);
  const tasks = outermostTasks(trace, thread);
  return (i) => {
    const { startUs, endUs } = pauses[i]!;
    const task = taskAt(tasks, (startUs + endUs) / 2);
    if (!task) return [];
    const lowUs = Math.max(task.startUs, startUs - nearUs);
    const highUs = Math.min(task.endUs, endUs + nearUs);
    const around = [lowerBound(atUs, startUs, from, to) - 1, lowerBound(atUs, endUs, from, to)];
    return around.filter((row) => row >= from && row < to && atUs[row]! >= lowUs && atUs[row]! <= highUs);
  };
}

/** Of each pause, when the last whole collection before it ended, µs. */
function endsOfWhole(pauses: Collections['pauses']): number[] {
  let endedUs = Number.NEGATIVE_INFINITY;
  return pauses.map(({ endUs, value }) => {
    const before = endedUs;
    if (value) endedUs = endUs;
    return before;
  });
}

function ranked(
  byFrame: ReadonlyMap<number, number>,
  placeOf: (frame: number) => ScriptPlace | null,
  allMs: number,
): GarbageMaker[] {
  const found = new Map<string, { readonly place: Omit<ScriptPlace, 'column'>; us: number }>();
  for (const [frame, us] of byFrame) {
    const { column: _, ...place } = placeOf(frame)!;
    const key = JSON.stringify(place);
    const known = found.get(key) ?? { place, us: 0 };
    known.us += us;
    found.set(key, known);
  }
  return [...found.values()]
    .sort((a, b) => b.us - a.us)
    .slice(0, SHOWN)
    .map(({ place, us }) => ({ ...place, ms: us / 1000, share: us / 1000 / allMs }));
}

const rowsBetween = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

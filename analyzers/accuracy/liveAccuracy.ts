import { mean, median, quantile, sum } from 'simple-statistics';
import type { AccuracyLog } from '../../src/bundle/accuracyLog.js';
import type { LabelledPicture } from '../../src/detection/averagePrecision.js';
import { fromColumns } from '../../src/detection/foundColumns.js';
import { FRAMES_PER_SECOND } from '../../src/detection/scene.js';
import type { Interval } from '../../src/stats/interval.js';
import { estimateShare, estimateTime } from '../qoe/estimate.js';
import { type Precision, precisionOf } from './precision.js';
import { predictedFrames } from './predictedFrames.js';

/**
 * What pages showed of a detector while the scene moved, in one place and at one speed. Precisions are means over pages, and intervals are
 * of pages: how late results come differs from page to page, which the frames of one page do not tell.
 */
export interface LiveAccuracy {
  /** Where the model ran. */
  readonly condition: 'main' | 'worker';
  /** px/s */
  readonly speed: number;
  /** Fresh pages that showed a result. */
  readonly pages: number;
  /** Time since the picture was taken whose result is shown, over all frames that show one. */
  readonly ageMs: Spread;
  /** From picture to result. */
  readonly latencyMs: Spread;
  readonly results: number;
  /** Frames that show a result; the others came before the first. */
  readonly frames: number;
  /** Of those, frames that the page did not draw in time. */
  readonly undrawn: number;
  /** AP@.5 of what was shown. */
  readonly measured: number;
  /** Of `measured`. Null of fewer than three pages. */
  readonly ci95: Interval | null;
  /** AP@.5 that follows from the ages alone: what is found in pictures that stand still, so much later. */
  readonly replayed: number;
  /** AP@.5 that follows from the latencies alone: the same at ages that are not known but simulated. See `predictedFrames`. */
  readonly predicted: number;
  /** AP@[.5:.95] of the same. */
  readonly measuredAp: number;
  readonly measuredApCi95: Interval | null;
  readonly replayedAp: number;
  readonly predictedAp: number;
}

/** Times of several pages, ms. */
export interface Spread {
  /** Geometric mean over pages of their medians. */
  readonly p50: number;
  /** Of `p50`. Null of fewer than three pages. */
  readonly ci95: Interval | null;
  /** 95th percentile over all pages. */
  readonly p95: number;
}

type Round = AccuracyLog['rounds'][number];

/** What is there, and what the detector finds there when the scene stands still, after a path of the scene. */
export interface StillScene {
  readonly labelsAt: (pathPx: number) => LabelledPicture['labels'];
  readonly foundAt: (pathPx: number) => LabelledPicture['found'];
}

/**
 * @param rounds of one place and speed, each of a page of its own
 * @returns null if no result was shown
 */
export function liveAccuracy(rounds: readonly Round[], scene: StillScene): LiveAccuracy | null {
  const pages = rounds.flatMap((round) => shownIn(round, scene) ?? []);
  if (pages.length === 0) return null;
  const { on, speedPxPerS } = rounds[0]!;
  const measured = estimateShare(pages.map((page) => page.measured.ap50))!;
  const measuredAp = estimateShare(pages.map((page) => page.measured.ap))!;
  return {
    condition: on,
    speed: speedPxPerS,
    pages: pages.length,
    ageMs: spreadOf(pages.map(({ agesMs }) => agesMs)),
    latencyMs: spreadOf(pages.map(({ latenciesMs }) => latenciesMs)),
    results: sum(pages.map(({ latenciesMs }) => latenciesMs.length)),
    frames: sum(pages.map(({ agesMs }) => agesMs.length)),
    undrawn: sum(pages.map(({ undrawn }) => undrawn)),
    measured: measured.value,
    ci95: measured.ci95,
    replayed: mean(pages.map(({ replayed }) => replayed.ap50)),
    predicted: mean(pages.map(({ predicted }) => predicted.ap50)),
    measuredAp: measuredAp.value,
    measuredApCi95: measuredAp.ci95,
    replayedAp: mean(pages.map(({ replayed }) => replayed.ap)),
    predictedAp: mean(pages.map(({ predicted }) => predicted.ap)),
  };
}

/** What one page showed. */
interface Shown {
  /** Per frame that shows a result. */
  readonly agesMs: readonly number[];
  /** Per result. */
  readonly latenciesMs: readonly number[];
  readonly undrawn: number;
  readonly measured: Precision;
  readonly replayed: Precision;
  readonly predicted: Precision;
}

function shownIn({ on, speedPxPerS, results, frames, found }: Round, { labelsAt, foundAt }: StillScene): Shown | null {
  const foundLive = fromColumns(found, results.frame.length);
  const pathOf = (frame: number): number => (frame * speedPxPerS) / FRAMES_PER_SECOND;
  /** A frame beside what is found in the picture of another one when the scene stands still. */
  const late = (frame: number, pictureOf: number): LabelledPicture => ({
    labels: labelsAt(pathOf(frame)),
    found: foundAt(pathOf(pictureOf)),
  });
  const shown = frames.result.flatMap((result, frame) =>
    result === null || result >= foundLive.length ? [] : [{ result, frame }],
  );
  if (shown.length === 0) return null;
  const latenciesMs = results.readyMs.map((readyMs, i) => readyMs - results.takenMs[i]!);
  const predicted = predictedFrames(latenciesMs, on, frames.result.length);
  return {
    agesMs: shown.map(({ result, frame }) => frames.atMs[frame]! - results.takenMs[result]!),
    latenciesMs,
    undrawn: shown.filter(({ frame }) => !frames.drawn[frame]).length,
    measured: precisionOf(shown.map(({ result, frame }) => ({ labels: labelsAt(pathOf(frame)), found: foundLive[result]! }))),
    replayed: precisionOf(shown.map(({ result, frame }) => late(frame, results.frame[result]!))),
    predicted: precisionOf(predicted.map(({ frame, pictureOf }) => late(frame, pictureOf))),
  };
}

export function spreadOf(pages: readonly (readonly number[])[]): Spread {
  const all = pages.flat();
  const usual = estimateTime(pages.map((timesMs) => median([...timesMs])));
  return { p50: usual?.value ?? median(all), ci95: usual?.ci95 ?? null, p95: quantile(all, 0.95) };
}

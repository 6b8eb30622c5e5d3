import type { AccuracyLog } from '../../src/bundle/accuracyLog.js';
import type { LabelledPicture } from '../../src/detection/averagePrecision.js';
import { fromColumns } from '../../src/detection/foundColumns.js';
import { FRAMES_PER_SECOND, lineBoxes, WAY_PX, wayOf } from '../../src/detection/scene.js';
import { type LiveAccuracy, liveAccuracy } from './liveAccuracy.js';
import { ap50Of, type Precision, precisionOf } from './precision.js';

/** How accurate a detector is for a viewer, who sees each result later than what it was made from, beside what is there by then. */
export interface Accuracy {
  readonly task: 'text detection';
  /** Of `atZero`, `measured`, `ci95`, `replayed` and `predicted`. */
  readonly metric: 'AP@.5';
  /** AP@.5 of results that are shown beside the picture they were made from. */
  readonly atZero: number;
  /** The same as AP@[.5:.95]. */
  readonly atZeroAp: number;
  /** Mean height of the lines of text, px. */
  readonly lineHeightPx: number;
  /** Accuracy by speed of what moves and staleness of what is shown, from one set of detections. */
  readonly curve: readonly CurvePoint[];
  /** Accuracy by how far the lines have moved, which is speed times staleness. */
  readonly byShift: readonly ShiftPoint[];
  /** What was shown in pages while the scene moved, by place and speed. */
  readonly live: readonly LiveAccuracy[];
}

export interface CurvePoint extends Precision {
  /** px/s */
  readonly speed: number;
  readonly stalenessMs: number;
  readonly shiftPx: number;
}

export interface ShiftPoint extends Precision {
  readonly shiftPx: number;
  /** The same in line heights. */
  readonly shiftLines: number;
  /** AP@.5 of a detector without any fault: of the labels themselves, so much later. */
  readonly perfect50: number;
}

const SPEEDS_PX_PER_S = [60, 120, 240];
const STALENESS_FRAMES = [0, 1, 2, 4, 8, 16];
/** What is older may be right again, since lines turn. */
const FARTHEST_PX = WAY_PX / 2;

/** @returns null if nothing was found in pictures that stand still, as then there is nothing that could fall */
export function accuracyOf({ scene, still, rounds }: AccuracyLog): Accuracy | null {
  if (still.found.score.length === 0) return null;
  const { stepPx } = still;
  const found = fromColumns(still.found, WAY_PX / stepPx + 1);
  const labelsAt = (pathPx: number) => lineBoxes(pathPx, scene.lines);
  /** Of the nearest picture that was looked at. */
  const foundAt = (pathPx: number) => found[Math.round(wayOf(pathPx) / stepPx)]!;

  const there = Array.from({ length: (2 * WAY_PX) / stepPx }, (_, i) => i * stepPx);
  /** The scene all along its way and back, beside what is shown of it `shiftPx` later. */
  const late = (shiftPx: number, shownOf: (pathPx: number) => LabelledPicture['found']): LabelledPicture[] =>
    there.map((pathPx) => ({ labels: labelsAt(pathPx), found: shownOf(pathPx - shiftPx) }));
  const perfect = (pathPx: number) => labelsAt(pathPx).map((box) => ({ box, score: 1 }));

  const fresh = precisionOf(late(0, foundAt));
  const lineHeightPx = scene.lines.reduce((sum, { ascentPx, descentPx }) => sum + ascentPx + descentPx, 0) / scene.lines.length;
  const curve = SPEEDS_PX_PER_S.flatMap((speed) =>
    STALENESS_FRAMES.map((frames): CurvePoint => {
      const shiftPx = (speed * frames) / FRAMES_PER_SECOND;
      return { speed, stalenessMs: (1000 * frames) / FRAMES_PER_SECOND, shiftPx, ...precisionOf(late(shiftPx, foundAt)) };
    }).filter(({ shiftPx }) => shiftPx <= FARTHEST_PX),
  );
  const byShift = there
    .filter((shiftPx) => shiftPx <= FARTHEST_PX)
    .map((shiftPx): ShiftPoint => {
      const perfect50 = ap50Of(late(shiftPx, perfect));
      return { shiftPx, shiftLines: shiftPx / lineHeightPx, ...precisionOf(late(shiftPx, foundAt)), perfect50 };
    });
  return {
    task: 'text detection',
    metric: 'AP@.5',
    atZero: fresh.ap50,
    atZeroAp: fresh.ap,
    lineHeightPx,
    curve,
    byShift,
    live: byPlaceAndSpeed(rounds).flatMap((own) => liveAccuracy(own, { labelsAt, foundAt }) ?? []),
  };
}

/** The rounds of each place and speed, the main thread before a worker, and the lowest speed first. */
function byPlaceAndSpeed(rounds: AccuracyLog['rounds']): AccuracyLog['rounds'][] {
  const speeds = [...new Set(rounds.map(({ speedPxPerS }) => speedPxPerS))].sort((a, b) => a - b);
  return (['main', 'worker'] as const).flatMap((place) =>
    speeds.map((speed) => rounds.filter(({ on, speedPxPerS }) => on === place && speedPxPerS === speed)),
  );
}

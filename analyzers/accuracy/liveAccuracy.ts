import { quantile } from 'simple-statistics';
import type { AccuracyLog } from '../../src/bundle/accuracyLog.js';
import { averagePrecision, type LabelledPicture, rankDetections } from '../../src/detection/averagePrecision.js';
import { fromColumns } from '../../src/detection/foundColumns.js';
import { FRAMES_PER_SECOND } from '../../src/detection/scene.js';
import { bootstrapInterval } from '../../src/stats/bootstrap.js';
import type { Interval } from '../../src/stats/interval.js';
import { IOU, precisionOf } from './precision.js';

/** What a page showed of a detector while the scene moved. */
export interface LiveAccuracy {
  /** Where the model ran. */
  readonly condition: 'main' | 'worker';
  /** px/s */
  readonly speed: number;
  /** Time since the picture was taken whose result is shown, over all frames that show one. */
  readonly ageMs: { readonly p50: number; readonly p95: number };
  /** From picture to result. */
  readonly latencyMs: { readonly p50: number; readonly p95: number };
  readonly results: number;
  /** Frames that show a result; the others came before the first. */
  readonly frames: number;
  /** Of those, frames that the page did not draw in time. */
  readonly undrawn: number;
  /** AP@.5 of what was shown. */
  readonly measured: number;
  /** From stretches of a second, as frames beside each other show the same result. */
  readonly ci95: Interval;
  /** AP@.5 that follows from the ages alone: what is found in pictures that stand still, so much later. */
  readonly replayed: number;
  /** AP@[.5:.95] of both. */
  readonly measuredAp: number;
  readonly replayedAp: number;
}

/** A frame that shows a result. */
interface ShownFrame {
  readonly frame: number;
  readonly drawn: boolean;
  readonly ageMs: number;
  readonly measured: LabelledPicture;
  readonly replayed: LabelledPicture;
}

/**
 * @param labelsAt what is there after a path of the scene
 * @param foundAt what the detector finds there when the scene stands still
 * @returns null if no result was shown
 */
export function liveAccuracy(
  { on, speedPxPerS, results, frames, found }: AccuracyLog['rounds'][number],
  labelsAt: (pathPx: number) => LabelledPicture['labels'],
  foundAt: (pathPx: number) => LabelledPicture['found'],
): LiveAccuracy | null {
  const foundLive = fromColumns(found, results.frame.length);
  const pathOf = (frame: number): number => (frame * speedPxPerS) / FRAMES_PER_SECOND;
  const shown = frames.result.flatMap((result, frame): ShownFrame[] => {
    if (result === null || result >= foundLive.length) return [];
    const labels = labelsAt(pathOf(frame));
    return [
      {
        frame,
        drawn: frames.drawn[frame]!,
        ageMs: frames.atMs[frame]! - results.takenMs[result]!,
        measured: { labels, found: foundLive[result]! },
        replayed: { labels, found: foundAt(pathOf(results.frame[result]!)) },
      },
    ];
  });
  if (shown.length === 0) return null;
  const measured = precisionOf(shown.map((each) => each.measured));
  const replayed = precisionOf(shown.map((each) => each.replayed));
  return {
    condition: on,
    speed: speedPxPerS,
    ageMs: spread(shown.map(({ ageMs }) => ageMs)),
    latencyMs: spread(results.readyMs.map((readyMs, i) => readyMs - results.takenMs[i]!)),
    results: foundLive.length,
    frames: shown.length,
    undrawn: shown.filter(({ drawn }) => !drawn).length,
    measured: measured.ap50,
    ci95: intervalOf(shown),
    replayed: replayed.ap50,
    measuredAp: measured.ap,
    replayedAp: replayed.ap,
  };
}

const spread = (valuesMs: readonly number[]) => ({ p50: quantile([...valuesMs], 0.5), p95: quantile([...valuesMs], 0.95) });

/** Interval of the AP@.5 that was measured, by drawing stretches of a second. */
function intervalOf(shown: readonly ShownFrame[]): Interval {
  const pictures = shown.map(({ measured }) => measured);
  const ranked = rankDetections(pictures, IOU);
  const stretches = new Map<number, number[]>();
  shown.forEach(({ frame }, picture) => {
    const second = Math.floor(frame / FRAMES_PER_SECOND);
    stretches.set(second, [...(stretches.get(second) ?? []), picture]);
  });
  return bootstrapInterval([[...stretches.values()]], (drawn) => {
    const times = new Uint16Array(pictures.length);
    for (const picture of drawn) times[picture]!++;
    return averagePrecision(ranked, times) ?? 0;
  });
}

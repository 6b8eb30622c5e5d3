import { median } from 'simple-statistics';
import type { VideoLog } from '../../src/bundle/videoLog.js';
import type { CategorizedPicture } from '../../src/detection/classPrecision.js';
import { type PlayedAccuracy, playedAccuracy } from './played.js';
import { type Score, scoreOf } from './score.js';
import { type VideoFrames, videoFrames } from './videoFrames.js';

/** How accurate a model is for a viewer of a video of the user, who sees each result later than the frame it was made from. */
export interface VideoAccuracy {
  /** Names of the files. */
  readonly file: string;
  readonly labelsFile: string;
  readonly task: 'text detection' | 'object detection' | 'classification';
  /** Of `atZero`, `value`, `perfect`, `measured`, `ci95`, `replayed` and `predicted`. */
  readonly metric: 'AP@.5' | 'top-1';
  /** Of a picture, px. */
  readonly size: VideoLog['size'];
  /** How the labels say which frame they are of. */
  readonly numberedBy: VideoLog['numberedBy'];
  /** Names of the categories that are labelled in what was played. */
  readonly categories: readonly string[];
  /** What was played, ms. */
  readonly stretchMs: number;
  /** Labelled frames of it. */
  readonly labelled: number;
  /** Of those every so manieth was looked at while it stood still. */
  readonly every: number;
  readonly lookedAt: number;
  /** Frames that the video could not be set to. */
  readonly unreached: number;
  /** Of results that are shown beside the frame they were made from. */
  readonly atZero: number;
  /** AP@[.5:.95]; null of a classifier. */
  readonly atZeroAp: number | null;
  /** By staleness of what is shown, from one set of detections. */
  readonly curve: readonly VideoCurvePoint[];
  /** What was shown in pages while the video played. */
  readonly live: readonly PlayedAccuracy[];
}

export interface VideoCurvePoint extends Score {
  readonly stalenessMs: number;
  /** Frames that were judged. */
  readonly frames: number;
  /** Of a model without any fault: of the labels themselves, so much later. */
  readonly perfect: number;
}

const TASKS = { 'text-lines': 'text detection', boxes: 'object detection', class: 'classification' } as const;

/** In labelled frames. */
const STALENESS = [0, 1, 2, 4, 8, 16, 32];

/** @returns null where no frame that is labelled was looked at, or nothing is labelled there */
export function videoAccuracyOf(log: VideoLog): VideoAccuracy | null {
  const known = videoFrames(log);
  const curve = curveOf(log, known);
  const [fresh] = curve;
  if (!fresh) return null;
  const { file, labelsFile, size, numberedBy, what, timesMs, stretch, labelledFrames, still } = log;
  const labelled = new Set(log.labels.category);
  return {
    file,
    labelsFile,
    size,
    numberedBy,
    categories: log.categories.filter(({ id }) => labelled.has(id)).map(({ name }) => name),
    task: TASKS[what],
    metric: what === 'class' ? 'top-1' : 'AP@.5',
    stretchMs: timesMs[stretch.last]! - timesMs[stretch.first]!,
    labelled: labelledFrames.length,
    every: still.every,
    lookedAt: still.frames.length,
    unreached: still.unreached.length,
    atZero: fresh.value,
    atZeroAp: fresh.ap,
    curve,
    live: playedAccuracy(log, known),
  };
}

/** Ends where fewer than half of the frames have a labelled one so much later, as others would be compared then. */
function curveOf({ what, timesMs, labelledFrames, still }: VideoLog, { labels, found }: VideoFrames): VideoCurvePoint[] {
  const gaps = labelledFrames.slice(1).map((frame, i) => frame - labelledFrames[i]!);
  const step = gaps.length > 0 ? Math.max(1, Math.round(median(gaps))) : 1;
  const points: VideoCurvePoint[] = [];
  for (const staleness of STALENESS) {
    const pairs = still.frames.flatMap((from) => {
      const there = labels.get(from + staleness * step);
      return there ? [{ from, to: from + staleness * step, labels: there }] : [];
    });
    if (2 * pairs.length < (points[0]?.frames ?? 1)) break;
    const late = (shownOf: (from: number) => CategorizedPicture['found']): Score | null =>
      scoreOf(
        what,
        pairs.map((pair) => ({ labels: pair.labels, found: shownOf(pair.from) })),
      );
    const score = late((from) => found.get(from)!);
    const perfect = late((from) => (labels.get(from) ?? []).map((label) => ({ ...label, score: 1 })));
    if (!score || !perfect) break;
    points.push({
      stalenessMs: median(pairs.map(({ from, to }) => timesMs[to]! - timesMs[from]!)),
      frames: pairs.length,
      ...score,
      perfect: perfect.value,
    });
  }
  return points;
}

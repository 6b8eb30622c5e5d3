import { type Box, type Detection, intersectionOverUnion } from './box.js';

/** A picture with what is there, and what was found. */
export interface LabelledPicture {
  readonly labels: readonly Box[];
  readonly found: readonly Detection[];
}

/** The detections of all pictures, surest first. */
export interface RankedDetections {
  /** Number of labels in all pictures. */
  readonly labels: number;
  readonly detections: readonly Ranked[];
}

interface Ranked {
  readonly picture: number;
  readonly score: number;
  /** Intersection over union with each label of its picture. */
  readonly overlaps: readonly number[];
}

/** The thresholds over which COCO averages. */
const COCO_IOUS = Array.from({ length: 10 }, (_, i) => (50 + 5 * i) / 100);

const RECALLS = 101;

/** COCO counts so many detections of a picture. */
const MOST_DETECTIONS = 100;

/** Detections in the order in which they count. Equally sure ones keep the order of their pictures. */
export function rankDetections(pictures: readonly LabelledPicture[]): RankedDetections {
  const detections = pictures.flatMap(({ labels, found }, picture) =>
    [...found]
      .sort(surestFirst)
      .slice(0, MOST_DETECTIONS)
      .map(({ box, score }): Ranked => ({ picture, score, overlaps: labels.map((label) => intersectionOverUnion(label, box)) })),
  );
  return { labels: pictures.reduce((sum, { labels }) => sum + labels.length, 0), detections: detections.sort(surestFirst) };
}

const surestFirst = (a: { readonly score: number }, b: { readonly score: number }): number => b.score - a.score;

/**
 * Matches detections with labels as COCO does: in each picture the surest first, each with the label that it overlaps most of those that are
 * left. A second detection of the same label is no hit.
 * https://github.com/cocodataset/cocoapi/blob/master/PythonAPI/pycocotools/cocoeval.py (evaluateImg)
 * @param iou intersection over union that a hit has at least
 * @returns of each detection, whether it is a hit
 */
export function hitsOf({ detections }: RankedDetections, iou: number): boolean[] {
  const taken = new Map<number, Set<number>>();
  return detections.map(({ picture, overlaps }) => {
    const own = taken.get(picture) ?? new Set();
    let best = -1;
    let most = iou;
    overlaps.forEach((overlap, label) => {
      if (overlap < most || own.has(label)) return;
      best = label;
      most = overlap;
    });
    if (best < 0) return false;
    taken.set(picture, own.add(best));
    return true;
  });
}

/**
 * Average precision, as COCO defines it: the mean over 101 recalls, 0 to 1, of the best precision that is reached at that recall or a higher
 * one, and 0 for recalls that are not reached. PASCAL VOC since 2010 takes the area under the same curve at all its points instead, which
 * differs by at most 0.01; COCO's is the one that papers on detectors quote.
 * https://cocodataset.org/#detection-eval, https://github.com/cocodataset/cocoapi/blob/master/PythonAPI/pycocotools/cocoeval.py (accumulate)
 * @returns null where nothing is labelled
 */
export function averagePrecision(ranked: RankedDetections, iou: number): number | null {
  const { labels } = ranked;
  if (labels === 0) return null;
  let hits = 0;
  const curve = hitsOf(ranked, iou).map((isHit, i) => {
    if (isHit) hits++;
    return { recall: hits / labels, precision: hits / (i + 1) };
  });
  let sum = 0;
  let best = 0;
  let at = curve.length - 1;
  for (let step = RECALLS - 1; step >= 0; step--) {
    for (; at >= 0 && curve[at]!.recall >= step / (RECALLS - 1); at--) best = Math.max(best, curve[at]!.precision);
    sum += best;
  }
  return sum / RECALLS;
}

/** AP@[.5:.95]: the mean of average precision over ten thresholds of intersection over union. Null where nothing is labelled. */
export function cocoPrecision(ranked: RankedDetections): number | null {
  const values = COCO_IOUS.map((iou) => averagePrecision(ranked, iou));
  return values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value / values.length), 0);
}

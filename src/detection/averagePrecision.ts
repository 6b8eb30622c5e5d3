import { type Box, type Detection, intersectionOverUnion } from './box.js';

/** A picture with what is there, and what was found. */
export interface LabelledPicture {
  readonly labels: readonly Box[];
  readonly found: readonly Detection[];
}

/** The detections of all pictures, each a hit or not at one threshold of intersection over union. */
export interface RankedDetections {
  /** Number of labels in all pictures. */
  readonly labels: number;
  /** Per detection, surest first. */
  readonly areHits: readonly boolean[];
}

/** The thresholds over which COCO averages. */
const COCO_IOUS = Array.from({ length: 10 }, (_, i) => (50 + 5 * i) / 100);

const RECALLS = 101;

/** COCO counts so many detections of a picture. */
const MOST_DETECTIONS = 100;

/**
 * Matches detections with labels as COCO does: in each picture the surest first, each with the label that it overlaps most of those that are
 * left. A second detection of the same label is no hit. Equally sure ones keep the order of their pictures.
 * https://github.com/cocodataset/cocoapi/blob/master/PythonAPI/pycocotools/cocoeval.py (evaluateImg)
 */
export function rankDetections(pictures: readonly LabelledPicture[], iou: number): RankedDetections {
  const ranked = pictures.flatMap(({ labels, found }) => {
    const isTaken = labels.map(() => false);
    return [...found]
      .sort(surestFirst)
      .slice(0, MOST_DETECTIONS)
      .map(({ box, score }) => {
        let best = -1;
        let most = iou;
        labels.forEach((label, i) => {
          const overlap = isTaken[i] ? 0 : intersectionOverUnion(label, box);
          if (overlap < most) return;
          best = i;
          most = overlap;
        });
        if (best >= 0) isTaken[best] = true;
        return { score, isHit: best >= 0 };
      });
  });
  return {
    labels: pictures.reduce((sum, { labels }) => sum + labels.length, 0),
    areHits: ranked.sort(surestFirst).map(({ isHit }) => isHit),
  };
}

const surestFirst = (a: { readonly score: number }, b: { readonly score: number }): number => b.score - a.score;

/**
 * Average precision, as COCO defines it: the mean over 101 recalls, 0 to 1, of the best precision that is reached at that recall or a higher
 * one, and 0 for recalls that are not reached. PASCAL VOC since 2010 takes the area under the same curve at all its points instead, which
 * differs by at most 0.01; COCO's is the one that papers on detectors quote.
 * https://cocodataset.org/#detection-eval, https://github.com/cocodataset/cocoapi/blob/master/PythonAPI/pycocotools/cocoeval.py (accumulate)
 * @returns null where nothing is labelled
 */
export function averagePrecision({ labels, areHits }: RankedDetections): number | null {
  if (labels === 0) return null;
  let hits = 0;
  const curve = areHits.map((isHit, i) => {
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
export function cocoPrecision(pictures: readonly LabelledPicture[]): number | null {
  const values = COCO_IOUS.map((iou) => averagePrecision(rankDetections(pictures, iou)));
  return values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value / values.length), 0);
}

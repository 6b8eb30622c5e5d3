import { averagePrecision, cocoPrecision, type LabelledPicture, rankDetections } from '../../src/detection/averagePrecision.js';

/** Average precision at 0.5 intersection over union, and COCO's mean over ten thresholds. */
export interface Precision {
  /** AP@.5 */
  readonly ap50: number;
  /** AP@[.5:.95] */
  readonly ap: number;
}

const IOU = 0.5;

/** AP@.5 @param pictures with a label at least */
export const ap50Of = (pictures: readonly LabelledPicture[]): number => averagePrecision(rankDetections(pictures), IOU) ?? 0;

export function precisionOf(pictures: readonly LabelledPicture[]): Precision {
  const ranked = rankDetections(pictures);
  return { ap50: averagePrecision(ranked, IOU) ?? 0, ap: cocoPrecision(ranked) ?? 0 };
}

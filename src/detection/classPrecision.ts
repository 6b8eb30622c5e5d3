import { averagePrecision, cocoPrecision, type LabelledPicture, rankDetections } from './averagePrecision.js';
import type { Box, Detection } from './box.js';

/** A picture with what is there and what was found, each of a category. */
export interface CategorizedPicture {
  readonly labels: readonly { readonly category: number; readonly box: Box }[];
  /** Null: of a class that is none of the categories. */
  readonly found: readonly (Detection & { readonly category: number | null })[];
}

/** Average precision at 0.5 intersection over union, and COCO's mean over ten thresholds. */
export interface MeanPrecision {
  /** AP@.5 */
  readonly ap50: number;
  /** AP@[.5:.95] */
  readonly ap: number;
}

/**
 * The mean of average precision over the categories that are labelled anywhere, as COCO takes it. What is found of other categories does not
 * count.
 * https://cocodataset.org/#detection-eval
 * @returns null where nothing is labelled
 */
export function meanPrecision(pictures: readonly CategorizedPicture[]): MeanPrecision | null {
  const categories = [...new Set(pictures.flatMap(({ labels }) => labels.map(({ category }) => category)))];
  if (categories.length === 0) return null;
  const values = categories.map((category) => {
    const ranked = rankDetections(pictures.map((picture) => ofCategory(picture, category)));
    return { ap50: averagePrecision(ranked, 0.5) ?? 0, ap: cocoPrecision(ranked) ?? 0 };
  });
  const mean = (value: (each: MeanPrecision) => number): number =>
    values.reduce((sum, each) => sum + value(each), 0) / values.length;
  return { ap50: mean(({ ap50 }) => ap50), ap: mean(({ ap }) => ap) };
}

const ofCategory = ({ labels, found }: CategorizedPicture, wanted: number): LabelledPicture => ({
  labels: labels.filter(({ category }) => category === wanted).map(({ box }) => box),
  found: found.filter(({ category }) => category === wanted),
});

/**
 * Top-1 accuracy: the share of the pictures whose likeliest class is the one that they are labelled with.
 * @returns null where there is no labelled picture
 */
export function topOneAccuracy(pictures: readonly CategorizedPicture[]): number | null {
  const labelled = pictures.filter(({ labels }) => labels.length > 0);
  if (labelled.length === 0) return null;
  return labelled.filter(({ labels, found }) => labels[0]!.category === found[0]?.category).length / labelled.length;
}

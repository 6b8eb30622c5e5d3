import type { VideoLog } from '../../src/bundle/videoLog.js';
import { type CategorizedPicture, meanPrecision, topOneAccuracy } from '../../src/detection/classPrecision.js';

/** How right what is shown is, from 0 to 1. */
export interface Score {
  /** AP@.5 of what finds boxes, top-1 accuracy of a classifier. */
  readonly value: number;
  /** AP@[.5:.95]; null of a classifier. */
  readonly ap: number | null;
}

/** @returns null where nothing is labelled */
export function scoreOf(what: VideoLog['what'], pictures: readonly CategorizedPicture[]): Score | null {
  if (what === 'class') {
    const value = topOneAccuracy(pictures);
    return value === null ? null : { value, ap: null };
  }
  const precision = meanPrecision(pictures);
  return precision && { value: precision.ap50, ap: precision.ap };
}

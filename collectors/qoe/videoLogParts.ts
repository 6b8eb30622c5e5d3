import { basename } from 'node:path';
import { classifiedSchema, type FoundInVideo, type VideoLog } from '../../src/bundle/videoLog.js';
import type { OwnVideo, TaskFrame, VideoFacts } from './ownVideo.js';

/** What a bundle says of a video and its labels as a whole. */
export function headOf({ path, labels }: OwnVideo, what: VideoLog['what'], { width, height, timesMs }: VideoFacts) {
  return {
    file: basename(path),
    labelsFile: basename(labels.name),
    what,
    size: { width, height },
    timesMs: [...timesMs],
    numberedBy: labels.numberedBy,
    categories: labels.categories.map(({ id, name }) => ({ id, name })),
  };
}

/** Labels, one a row. */
export function labelsOf(frames: readonly TaskFrame[]): Pick<VideoLog, 'labelledFrames' | 'labels'> {
  const rows = frames.flatMap(({ frame, labels }) => labels.map(({ category, box }) => ({ frame, category, box })));
  return {
    labelledFrames: frames.map(({ frame }) => frame),
    labels: {
      frame: rows.map(({ frame }) => frame),
      category: rows.map(({ category }) => category),
      left: rows.map(({ box }) => box[0]),
      top: rows.map(({ box }) => box[1]),
      right: rows.map(({ box }) => box[2]),
      bottom: rows.map(({ box }) => box[3]),
    },
  };
}

/** What the page found, with categories for classes. @param told by the page */
export function foundBy(told: unknown, { categoryOf }: Pick<OwnVideo, 'categoryOf'>): FoundInVideo {
  const { classIndex, ...found } = classifiedSchema.parse(told);
  return { ...found, category: classIndex.map((each) => categoryOf.get(each) ?? null) };
}

/** The same of pictures that come after so many others. */
export const shifted = (found: FoundInVideo, by: number): FoundInVideo => ({
  ...found,
  picture: found.picture.map((i) => i + by),
});

export const joined = (parts: readonly FoundInVideo[]): FoundInVideo => ({
  picture: parts.flatMap(({ picture }) => picture),
  left: parts.flatMap(({ left }) => left),
  top: parts.flatMap(({ top }) => top),
  right: parts.flatMap(({ right }) => right),
  bottom: parts.flatMap(({ bottom }) => bottom),
  score: parts.flatMap(({ score }) => score),
  category: parts.flatMap(({ category }) => category),
});

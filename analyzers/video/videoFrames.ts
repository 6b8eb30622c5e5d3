import type { FoundInVideo, VideoLog } from '../../src/bundle/videoLog.js';
import type { CategorizedPicture } from '../../src/detection/classPrecision.js';

type Labels = CategorizedPicture['labels'];
type Found = CategorizedPicture['found'];

/** What is there, and what the model finds, by frame. */
export interface VideoFrames {
  /** Undefined: it is not labelled. */
  readonly labels: ReadonlyMap<number, Labels>;
  /** In the frame that stands still. Undefined: it was not looked at. */
  readonly found: ReadonlyMap<number, Found>;
}

export function videoFrames({ labelledFrames, labels, still }: VideoLog): VideoFrames {
  const byFrame = new Map<number, Labels[number][]>(labelledFrames.map((frame) => [frame, []]));
  labels.frame.forEach((frame, row) => {
    const box = [labels.left[row]!, labels.top[row]!, labels.right[row]!, labels.bottom[row]!] as const;
    byFrame.get(frame)?.push({ category: labels.category[row]!, box });
  });
  const found = foundByPicture(still.found, still.frames.length);
  return { labels: byFrame, found: new Map(still.frames.map((frame, i) => [frame, found[i]!])) };
}

/** The detections per picture, of so many pictures. Rows of others are left out. */
export function foundByPicture(
  { picture, left, top, right, bottom, score, category }: FoundInVideo,
  pictures: number,
): readonly Found[] {
  const found = Array.from({ length: pictures }, (): Found[number][] => []);
  picture.forEach((place, row) => {
    const box = [left[row]!, top[row]!, right[row]!, bottom[row]!] as const;
    found[place]?.push({ box, score: score[row]!, category: category[row]! });
  });
  return found;
}

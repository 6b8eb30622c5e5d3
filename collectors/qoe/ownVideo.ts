import { type CocoLabels, type Label, LabelsError, MOST_FRAMES } from '../../src/detection/cocoLabels.js';
import type { Detects } from '../../src/detection/detects.js';
import { CollectError } from '../collectError.js';

/** A video of the user with labels, to measure how accurate a model is that finds something in it. */
export interface OwnVideo {
  /** The file, as the user named it. */
  readonly path: string;
  readonly labels: CocoLabels;
  /** The category of each class of the model, by number from 0; others are none of the categories. */
  readonly categoryOf: ReadonlyMap<number, number>;
}

/** What the browser says of the video. */
export interface VideoFacts {
  readonly width: number;
  readonly height: number;
  /** When each frame is due, ms, in order. */
  readonly timesMs: readonly number[];
}

/** Labels as the task needs them: boxes, or one class for the whole picture. */
export interface TaskFrame {
  readonly frame: number;
  readonly labels: readonly (Label & { readonly box: NonNullable<Label['box']> })[];
}

/**
 * The category of each class.
 * @param pairs class and id of the category, as the user gave them; null: class n is the category with the n-th lowest id, from 0, and the one
 * class of a text detector is the only one that has annotations
 * @throws LabelsError
 */
export function categoriesOfClasses(
  pairs: readonly (readonly [classIndex: number, category: number])[] | null,
  { name, categories, frames }: CocoLabels,
  { what }: Pick<Detects, 'what'>,
): ReadonlyMap<number, number> {
  if (!pairs) {
    const [only, ...others] = new Set(frames.flatMap(({ labels }) => labels.map(({ category }) => category)));
    if (what === 'text-lines' && only !== undefined && others.length === 0) return new Map([[0, only]]);
    return new Map(categories.map(({ id }, classIndex) => [classIndex, id]));
  }
  const strange = pairs.find(([, category]) => !categories.some(({ id }) => id === category));
  if (!strange) return new Map(pairs);
  const known = categories.map((each) => `${each.id} (${each.name})`).join(', ');
  throw new LabelsError(`${name} has no category ${strange[1]}, which --classes names. It has ${known}.`);
}

/**
 * The labelled frames, checked for what the model finds. A frame without a class is not labelled for a classifier; one without boxes shows
 * nothing to a detector.
 * @throws LabelsError
 */
export function taskFrames({ labels, categoryOf }: OwnVideo, { what }: Detects): TaskFrame[] {
  const frames = what === 'class' ? classFrames(labels) : boxFrames(labels);
  const found = new Set(categoryOf.values());
  const labelled = new Set(frames.flatMap((each) => each.labels.map(({ category }) => category)));
  if (labelled.size === 0) throw new LabelsError(`${labels.name} has no annotations, so nothing in it is right or wrong.`);
  const missing = labels.categories.find(({ id }) => labelled.has(id) && !found.has(id));
  if (missing) {
    throw new LabelsError(
      `${labels.name}: category ${missing.id} (${missing.name}) has annotations, and no class of the model is it. Say which is with --classes class=${missing.id}, or take its annotations out.`,
    );
  }
  if (what !== 'text-lines') return frames;
  const strange = labels.categories.find(({ id }) => labelled.has(id) && id !== categoryOf.get(0));
  if (!strange) return frames;
  throw new LabelsError(
    `${labels.name}: a text detector has one class, 0, and annotations are of category ${strange.id} (${strange.name}) too. Say which one is text with --classes 0=${strange.id}, and take the others out.`,
  );
}

function boxFrames({ name, frames }: CocoLabels): TaskFrame[] {
  return frames.map(({ frame, labels }) => ({
    frame,
    labels: labels.map((label) => {
      const { box, place } = label;
      if (box === null) throw new LabelsError(`${name}: ${place} has no bbox, and the model finds boxes.`);
      return { ...label, box };
    }),
  }));
}

/** Of a class for the whole picture, as no box or as one of its size, px. */
const WHOLE_WITHIN_PX = 1;

function classFrames({ name, width, height, frames }: CocoLabels): TaskFrame[] {
  const whole = [0, 0, width, height] as const;
  return frames.flatMap(({ frame, labels }) => {
    const [first] = labels;
    if (!first) return [];
    for (const { box, place, category } of labels) {
      if (box?.some((at, i) => Math.abs(at - whole[i]!) > WHOLE_WITHIN_PX)) {
        throw new LabelsError(
          `${name}: ${place} has a box that is not the whole picture, and the model tells one class for all of it.`,
        );
      }
      if (category !== first.category) {
        throw new LabelsError(
          `${name}: ${place} is of category ${category}, and ${first.place} says that the same picture is ${first.category}.`,
        );
      }
    }
    return [{ frame, labels: [{ ...first, box: whole }] }];
  });
}

/** Checks that the labels are of this video. @throws CollectError, LabelsError */
export function requireMatch({ path, labels }: OwnVideo, { width, height, timesMs }: VideoFacts): void {
  const { name, frames, numberedBy } = labels;
  if (timesMs.length > MOST_FRAMES) {
    throw new CollectError(`${path} has ${timesMs.length} frames, and ${MOST_FRAMES} are the most: cut it.`);
  }
  if (labels.width !== width || labels.height !== height) {
    throw new LabelsError(
      `${name}: its images are ${labels.width} × ${labels.height} px, and ${path} is ${width} × ${height}. Boxes must be in pixels of the video.`,
    );
  }
  if (numberedBy === 'id' && frames.length !== timesMs.length) {
    throw new LabelsError(
      `${name} has ${frames.length} images, and ${path} ${timesMs.length} frames, so which is which is not known. Give each image its frame_index, from 0.`,
    );
  }
  const beyond = frames.find(({ frame }) => frame >= timesMs.length);
  if (!beyond) return;
  throw new LabelsError(
    `${name}: ${beyond.place} is frame ${beyond.frame}, and the last one of ${path} is ${timesMs.length - 1} (frame_index counts from 0).`,
  );
}

/** What is played: from the first labelled frame to the last one, at most so long. */
export function stretchOf(frames: readonly TaskFrame[], { timesMs }: VideoFacts, mostMs: number) {
  const first = frames[0]!.frame;
  const inTime = frames.filter(({ frame }) => timesMs[frame]! - timesMs[first]! <= mostMs);
  return { first, last: inTime.at(-1)!.frame };
}

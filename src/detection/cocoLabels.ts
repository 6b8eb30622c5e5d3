import { z } from 'zod';
import type { Box } from './box.js';

/** Labels that cannot be used. The message names the file, the place in it, and what is wrong there. */
export class LabelsError extends Error {
  override readonly name = 'LabelsError';
}

/** What is known of the frames of a video, by a file of labels. */
export interface CocoLabels {
  /** The file, as its user named it. */
  readonly name: string;
  /** Size of the pictures, px. */
  readonly width: number;
  readonly height: number;
  /** By id. */
  readonly categories: readonly { readonly id: number; readonly name: string }[];
  /** How its pictures say which frame they are: by `frame_index`, or by the order of their ids, as none has a `frame_index`. */
  readonly numberedBy: 'frame_index' | 'id';
  /** The labelled frames in order. One without labels shows nothing of its categories. */
  readonly frames: readonly LabelledFrame[];
}

export interface LabelledFrame {
  /** Number of the frame in the video, from 0. */
  readonly frame: number;
  /** Where it is in the file, for messages: `images[3]`. */
  readonly place: string;
  readonly labels: readonly Label[];
}

export interface Label {
  readonly category: number;
  /** Null: of the picture as a whole. */
  readonly box: Box | null;
  readonly place: string;
}

/** A quarter of an hour at 60 frames per second. */
export const MOST_FRAMES = 54_000;
const MOST_LABELS = 500_000;
/** Tools round, and write boxes that reach beyond the picture by less than a pixel. */
const BEYOND_PX = 1;

const id = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const side = z.number().int().min(1).max(65_536);
const coordinate = z.number().min(-1e6).max(1e6);

/** What is read of COCO's format. https://cocodataset.org/#format-data */
const cocoSchema = z.object({
  images: z
    .array(z.object({ id, width: side, height: side, frame_index: id.optional() }))
    .min(1)
    .max(MOST_FRAMES),
  annotations: z
    .array(
      z.object({
        image_id: id,
        category_id: id,
        bbox: z.tuple([coordinate, coordinate, coordinate, coordinate]).optional(),
        iscrowd: z.union([z.literal(0), z.literal(1), z.boolean()]).optional(),
      }),
    )
    .max(MOST_LABELS),
  categories: z
    .array(z.object({ id, name: z.string().max(1000) }))
    .min(1)
    .max(10_000),
});

type Coco = z.infer<typeof cocoSchema>;

/**
 * Reads labels in COCO's format for object detection. The extension `frame_index` of an image, from 0, says which frame of the video it is;
 * where no image has one, the images are all frames of the video, in the order of their ids.
 * @param name of the file, for messages
 * @throws LabelsError
 */
export function readCocoLabels(text: string, name: string): CocoLabels {
  const coco = validated(text, name);
  const fail = (problem: string): never => {
    throw new LabelsError(`${name}: ${problem}`);
  };
  const { width, height } = coco.images[0]!;
  coco.images.forEach((image, i) => {
    if (image.width === width && image.height === height) return;
    fail(
      `images[${i}] is ${image.width} × ${image.height} px, and images[0] ${width} × ${height}: frames of one video are alike.`,
    );
  });
  const categories = coco.categories.toSorted((a, b) => a.id - b.id);
  const twice = categories.find((each, i) => each.id === categories[i - 1]?.id);
  if (twice) fail(`categories: two of them have the id ${twice.id}.`);
  const known = new Set(categories.map((each) => each.id));
  const byImage = new Map<number, Label[]>();
  coco.images.forEach((image, i) => {
    if (byImage.has(image.id)) fail(`images[${i}] has the id ${image.id}, as another one has.`);
    byImage.set(image.id, []);
  });
  coco.annotations.forEach(({ image_id, category_id, bbox, iscrowd }, i) => {
    const place = `annotations[${i}]`;
    const labels = byImage.get(image_id) ?? fail(`${place} is of image ${image_id}, which is not in images.`);
    if (!known.has(category_id)) fail(`${place} is of category ${category_id}, which is not in categories.`);
    if (iscrowd) fail(`${place} is a crowd (iscrowd), which is neither to be found nor to be missed: give its members boxes.`);
    const box = bbox ? boxOf(bbox) : null;
    if (box && !isInside(box, width, height)) {
      fail(
        `${place}: its box [${bbox!.join(', ')}] (x, y, width, height) has no area, or is not inside of ${width} × ${height} px.`,
      );
    }
    labels.push({ category: category_id, box, place });
  });
  const numberedBy = coco.images.some(({ frame_index }) => frame_index !== undefined) ? 'frame_index' : 'id';
  const frames = numbered(coco, numberedBy, fail)
    .map(({ image, frame, at }) => ({ frame, place: `images[${at}]`, labels: byImage.get(image)! }))
    .sort((a, b) => a.frame - b.frame);
  const same = frames.findIndex(({ frame }, i) => frame === frames[i - 1]?.frame);
  if (same > 0) fail(`${frames[same - 1]!.place} and ${frames[same]!.place} are the same frame ${frames[same]!.frame}.`);
  return { name, width, height, categories, numberedBy, frames };
}

function validated(text: string, name: string): Coco {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new LabelsError(`${name} is not valid JSON: ${(error as Error).message.replace(/\s+/g, ' ')}`);
  }
  const { success, data, error } = cocoSchema.safeParse(json);
  if (success) return data;
  const [first, ...others] = error.issues;
  const place = first!.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  throw new LabelsError(`${name} is not in COCO’s format: ${place.replace(/^\./, '') || 'the whole'}: ${first!.message}${more}.`);
}

/** @returns per image its id, its frame, and its place in the file */
function numbered({ images }: Coco, by: CocoLabels['numberedBy'], fail: (problem: string) => never) {
  const placed = images.map((image, at) => ({ image: image.id, frame: image.frame_index, at }));
  if (by === 'id') return placed.sort((a, b) => a.image - b.image).map((each, frame) => ({ ...each, frame }));
  return placed.map(({ frame, ...each }) => ({
    ...each,
    frame: frame ?? fail(`images[${each.at}] has no frame_index, as others have.`),
  }));
}

const boxOf = ([x, y, width, height]: readonly [number, number, number, number]): Box => [x, y, x + width, y + height];

function isInside([left, top, right, bottom]: Box, width: number, height: number): boolean {
  const hasArea = right > left && bottom > top;
  return hasArea && Math.min(left, top) >= -BEYOND_PX && right <= width + BEYOND_PX && bottom <= height + BEYOND_PX;
}

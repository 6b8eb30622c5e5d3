import type { Box, ClassifiedDetection } from './box.js';
import type { Detects } from './detects.js';
import { textBoxes } from './textBoxes.js';

/** An output of a model: its numbers row by row. */
export interface Output extends OutputShape {
  readonly data: ArrayLike<number | bigint>;
}

export interface OutputShape {
  readonly name: string;
  /** Type of its elements, as ONNX Runtime names it. */
  readonly type: string;
  readonly shape: readonly number[];
}

/** Boxes that are less sure are noise, and would be most of what is kept: the limit of torchvision's detectors (box_score_thresh). */
const LEAST_SCORE = 0.05;

/** COCO counts so many detections of a picture. */
const MOST_BOXES = 100;

/**
 * What a model found in a picture, by its outputs. Of a class the box is the whole picture.
 * @param size of the picture that was its input, px; boxes are in the same unit
 * @throws Error if the outputs are not what such a model has
 */
export function findings(
  outputs: readonly Output[],
  detects: Detects,
  { width, height }: { readonly width: number; readonly height: number },
): ClassifiedDetection[] {
  requireFit(outputs, detects);
  switch (detects.what) {
    case 'text-lines':
      return textBoxes(numbers(outputs[0]!), width, height).map((each) => ({ ...each, classIndex: 0 }));
    case 'class':
      return [{ box: [0, 0, width, height], ...likeliest(numbers(outputs[0]!)) }];
    case 'boxes': {
      const [across, down] = detects.scale === 'relative' ? [width, height] : [1, 1];
      return rowsOf(outputs)
        .filter(({ score }) => score >= LEAST_SCORE)
        .sort((a, b) => b.score - a.score)
        .slice(0, MOST_BOXES)
        .map(({ corners: [a, b, c, d], score, classIndex }) => {
          const [left, top, right, bottom] = detects.corners === 'xyxy' ? [a, b, c, d] : [b, a, d, c];
          const box: Box = [left * across, top * down, right * across, bottom * down];
          return { box, score: Math.min(1, score), classIndex };
        })
        .filter(({ box }) => box.every(Number.isFinite) && box[2] > box[0] && box[3] > box[1]);
    }
  }
}

/** @throws Error if outputs of such shapes are not what a model has that finds this */
export function requireFit(outputs: readonly OutputShape[], { what }: Detects): void {
  const [first] = outputs;
  const fits =
    what === 'boxes'
      ? boxOutputs(outputs) !== null
      : first !== undefined && isRead(first) && (what === 'text-lines' ? isMap(first) : sizesOf(first).length === 1);
  if (fits) return;
  const list = outputs.map(({ name, type, shape }) => `${name}: ${type}[${shape.join(', ')}]`).join('; ');
  throw new Error(`The outputs are not those of a model that finds ${WANTED[what]}. They are ${list || 'none'}.`);
}

const WANTED: Readonly<Record<Detects['what'], string>> = {
  'text-lines': 'text lines: first a map of the picture [1, 1, height, width]',
  boxes: 'boxes: [1, N, 6] with four coordinates, a score and a class; or [1, N, 4] with scores and classes [1, N]',
  class: 'a class: first a number for each class [1, N]',
};

/** Outputs that hold boxes: all in one, or in three. */
type BoxOutputs<Of> = { readonly rows: Of } | { readonly boxes: Of; readonly scores: Of; readonly classes: Of };

/**
 * Finds the outputs that hold boxes by their shapes, and which are scores and which classes by their names, else by their types, else by their
 * order. Others are left alone.
 */
function boxOutputs<Of extends OutputShape>(outputs: readonly Of[]): BoxOutputs<Of> | null {
  const read = outputs.filter(isRead);
  const columns = (count: number): Of | undefined =>
    read.find((each) => sizesOf(each).length === 2 && sizesOf(each)[1] === count);
  const rows = columns(6);
  if (rows) return { rows };
  const boxes = columns(4);
  if (!boxes) return null;
  const [count] = sizesOf(boxes);
  const beside = read.filter((each) => each !== boxes && sizesOf(each).length === 1 && sizesOf(each)[0] === count);
  const scored = beside.find(({ name }) => /score|conf|prob/i.test(name));
  const others = beside.filter((each) => each !== scored);
  const classes =
    others.find(({ name }) => /class|label|categor/i.test(name)) ??
    others.find(({ type }) => type.includes('int')) ??
    others[scored ? 0 : 1];
  const scores = scored ?? others.find((each) => each !== classes);
  return scores && classes ? { boxes, scores, classes } : null;
}

interface Row {
  readonly corners: readonly [number, number, number, number];
  readonly score: number;
  readonly classIndex: number;
}

function rowsOf(outputs: readonly Output[]): Row[] {
  const found = boxOutputs(outputs)!;
  const [count] = sizesOf('rows' in found ? found.rows : found.boxes) as [number];
  const all = numbers('rows' in found ? found.rows : found.boxes);
  const width = 'rows' in found ? 6 : 4;
  const scores = 'rows' in found ? null : numbers(found.scores);
  const classes = 'rows' in found ? null : numbers(found.classes);
  return Array.from({ length: count }, (_, i) => {
    const at = (column: number): number => all[i * width + column]!;
    const classIndex = Math.round(classes ? classes[i]! : at(5));
    return { corners: [at(0), at(1), at(2), at(3)] as const, score: scores ? scores[i]! : at(4), classIndex };
  }).filter(({ classIndex }) => classIndex >= 0);
}

/** The largest number, and its share by softmax, unless the numbers are shares already. */
function likeliest(values: ArrayLike<number>): { readonly classIndex: number; readonly score: number } {
  let classIndex = 0;
  let sum = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! > values[classIndex]!) classIndex = i;
    sum += values[i]!;
    least = Math.min(least, values[i]!);
  }
  const most = values[classIndex]!;
  if (least >= 0 && Math.abs(sum - 1) < 0.01) return { classIndex, score: Math.min(1, most) };
  let parts = 0;
  for (let i = 0; i < values.length; i++) parts += Math.exp(values[i]! - most);
  return { classIndex, score: parts > 0 ? 1 / parts : 0 };
}

/** Sizes without that of the batch of one picture. Detectors leave it out, and classifiers may have two sizes of 1 at the end. */
function sizesOf({ shape }: OutputShape): readonly number[] {
  const trimmed = shape.length === 4 && shape[2] === 1 && shape[3] === 1 ? shape.slice(0, 2) : shape;
  return trimmed.length > 1 && trimmed[0] === 1 ? trimmed.slice(1) : trimmed;
}

const isMap = ({ shape }: OutputShape): boolean => shape.length === 4 && shape[0] === 1 && shape[1] === 1;

/** float16 comes as its bits. */
const isRead = ({ type }: OutputShape): boolean => /^(float32|float64|u?int(8|16|32|64))$/.test(type);

function numbers({ data }: Output): ArrayLike<number> {
  return typeof data[0] === 'bigint' ? Array.from(data as ArrayLike<bigint>, Number) : (data as ArrayLike<number>);
}

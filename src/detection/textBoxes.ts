import type { Box, Detection } from './box.js';

/** Pixels that are text. */
const THRESHOLD = 0.3;
/** Mean probability of a box that counts. */
const LEAST_SCORE = 0.6;
/** The detector learns lines that are shrunk, by this ratio of area to outline. */
const UNCLIP = 1.5;
/** Smaller boxes are noise, px. */
const LEAST_SIDE = 3;

/**
 * Lines of text in the detector's map of probabilities, which is as large as the picture: connected pixels above the threshold, as boxes that
 * are grown by what the detector was trained to shrink them. Boxes are axis-parallel, which is enough for level lines.
 * Source: Liao et al., Real-time Scene Text Detection with Differentiable Binarization (AAAI 2020), 3.5; parameters of PP-OCR,
 * https://github.com/PaddlePaddle/PaddleOCR/blob/main/ppocr/postprocess/db_postprocess.py
 */
export function textBoxes(map: ArrayLike<number>, width: number, height: number): Detection[] {
  const isSeen = new Uint8Array(width * height);
  const boxes: Detection[] = [];
  for (let start = 0; start < isSeen.length; start++) {
    if (isSeen[start] || !(map[start]! >= THRESHOLD)) continue;
    const { box, score } = connected(map, width, height, start, isSeen);
    if (score >= LEAST_SCORE && Math.min(box[2] - box[0], box[3] - box[1]) >= LEAST_SIDE)
      boxes.push({ box: unclipped(box), score });
  }
  return boxes;
}

/** The box around the text pixels that touch each other, corners too, and their mean probability. Marks them as seen. */
function connected(map: ArrayLike<number>, width: number, height: number, start: number, isSeen: Uint8Array): Detection {
  let [left, top, right, bottom] = [width, height, 0, 0];
  let sum = 0;
  let count = 0;
  const waiting = [start];
  isSeen[start] = 1;
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const x = at % width;
    const y = Math.floor(at / width);
    sum += map[at]!;
    count++;
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
    for (let nearY = Math.max(0, y - 1); nearY <= Math.min(height - 1, y + 1); nearY++) {
      for (let nearX = Math.max(0, x - 1); nearX <= Math.min(width - 1, x + 1); nearX++) {
        const near = nearY * width + nearX;
        if (isSeen[near] || !(map[near]! >= THRESHOLD)) continue;
        isSeen[near] = 1;
        waiting.push(near);
      }
    }
  }
  return { box: [left, top, right, bottom], score: sum / count };
}

function unclipped([left, top, right, bottom]: Box): Box {
  const [width, height] = [right - left, bottom - top];
  const by = (width * height * UNCLIP) / (2 * (width + height));
  return [left - by, top - by, right + by, bottom + by];
}

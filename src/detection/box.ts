/** An axis-parallel box, px from the top left of the picture. */
export type Box = readonly [left: number, top: number, right: number, bottom: number];

/** A box that a detector found, and how sure it is of it. */
export interface Detection {
  readonly box: Box;
  readonly score: number;
}

/** The same with what it is, as the model numbers its classes. */
export interface ClassifiedDetection extends Detection {
  readonly classIndex: number;
}

/** Area that both boxes cover over the area that any of them covers; 0 where they are apart. */
export function intersectionOverUnion(a: Box, b: Box): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (!(width > 0 && height > 0)) return 0;
  const both = width * height;
  return both / (area(a) + area(b) - both);
}

const area = ([left, top, right, bottom]: Box): number => (right - left) * (bottom - top);

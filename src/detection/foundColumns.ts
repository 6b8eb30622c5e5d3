import type { Detection } from './box.js';

/** The detections of several pictures, one a row. */
export interface FoundColumns {
  /** Number of the picture. */
  readonly picture: number[];
  readonly left: number[];
  readonly top: number[];
  readonly right: number[];
  readonly bottom: number[];
  readonly score: number[];
}

/** @param found per picture */
export function toColumns(found: readonly (readonly Detection[])[]): FoundColumns {
  const rows = found.flatMap((detections, picture) => detections.map(({ box, score }) => ({ picture, box, score })));
  const side = (place: 0 | 1 | 2 | 3): number[] => rows.map(({ box }) => box[place]);
  return {
    picture: rows.map(({ picture }) => picture),
    left: side(0),
    top: side(1),
    right: side(2),
    bottom: side(3),
    score: rows.map(({ score }) => score),
  };
}

/** The detections per picture, of so many pictures. Rows of others are left out. */
export function fromColumns({ picture, left, top, right, bottom, score }: FoundColumns, pictures: number): Detection[][] {
  const found = Array.from({ length: pictures }, (): Detection[] => []);
  picture.forEach((place, row) => {
    found[place]?.push({ box: [left[row]!, top[row]!, right[row]!, bottom[row]!], score: score[row]! });
  });
  return found;
}

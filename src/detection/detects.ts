/** Numbers that an input wants for a channel of a pixel: as in the picture, in [0, 1], in [−1, 1], or normalized as for ImageNet. */
export const PIXEL_RANGES = ['0..255', '0..1', '-1..1', 'imagenet'] as const;
export type PixelRange = (typeof PIXEL_RANGES)[number];

/** Order of a box’s coordinates. */
export const CORNERS = ['xyxy', 'yxyx'] as const;

/** Unit of a box’s coordinates: pixels of the input, or parts of its sides. */
export const SCALES = ['pixels', 'relative'] as const;

/**
 * What a model finds in a picture, and how its numbers say so. Its only input is a picture, and what it finds is in its outputs (see
 * pictureInput.ts and findings.ts).
 */
export type Detects =
  /** Lines of text: the picture may have any size, and the first output is a map of probabilities of the same size. */
  | { readonly what: 'text-lines'; readonly pixels: PixelRange }
  /** Boxes with a score and a class, after non-maximum suppression. */
  | {
      readonly what: 'boxes';
      readonly pixels: PixelRange;
      readonly corners: (typeof CORNERS)[number];
      readonly scale: (typeof SCALES)[number];
    }
  /** One class for the whole picture: the first output has a number for each, the largest for the likeliest. */
  | { readonly what: 'class'; readonly pixels: PixelRange };

/** PP-OCR’s text detector, and others that are trained with its pictures. */
export const TEXT_LINES: Detects = { what: 'text-lines', pixels: 'imagenet' };

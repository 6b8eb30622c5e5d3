import type { PixelRange } from './detects.js';

/** An input that takes one picture. */
export interface PictureInput {
  readonly type: 'float32' | 'uint8' | 'int32';
  readonly width: number;
  readonly height: number;
  /** [1, height, width, 3], as TensorFlow has pictures; otherwise [1, 3, height, width]. */
  readonly channelsLast: boolean;
}

/** ImageNet's mean and standard deviation of red, green and blue. */
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;

/** @returns null if it is no input for a picture: one of three channels, as numbers that can be written here */
export function pictureInputOf({
  type,
  shape,
}: {
  readonly type: string;
  readonly shape: readonly number[];
}): PictureInput | null {
  if (type !== 'float32' && type !== 'uint8' && type !== 'int32') return null;
  const [batch, ...sizes] = shape;
  if (batch !== 1 || sizes.length !== 3) return null;
  const [first, second, third] = sizes as [number, number, number];
  if (first === 3) return { type, width: third, height: second, channelsLast: false };
  return third === 3 ? { type, width: second, height: first, channelsLast: true } : null;
}

/**
 * The contents of an input for a picture of its size.
 * @param rgba the picture as a canvas gives it; how opaque it is does not count
 */
export function pixelsFor(
  rgba: Uint8ClampedArray,
  { type, channelsLast }: Pick<PictureInput, 'type' | 'channelsLast'>,
  range: PixelRange,
): ArrayBuffer {
  const pixels = rgba.length / 4;
  const input = new ARRAYS[type](3 * pixels);
  for (let channel = 0; channel < 3; channel++) {
    const { scale, shift } = scaleOf(range, channel);
    const [first, step] = channelsLast ? [channel, 3] : [channel * pixels, 1];
    for (let i = 0; i < pixels; i++) input[first + i * step] = rgba[4 * i + channel]! * scale + shift;
  }
  return input.buffer;
}

const ARRAYS = { float32: Float32Array, uint8: Uint8Array, int32: Int32Array } as const;

/** What a byte is multiplied by, and what is added. */
function scaleOf(range: PixelRange, channel: number): { readonly scale: number; readonly shift: number } {
  switch (range) {
    case '0..255':
      return { scale: 1, shift: 0 };
    case '0..1':
      return { scale: 1 / 255, shift: 0 };
    case '-1..1':
      return { scale: 2 / 255, shift: -1 };
    case 'imagenet':
      return { scale: 1 / 255 / DEVIATION[channel]!, shift: -MEAN[channel]! / DEVIATION[channel]! };
  }
}

import { expect, test } from 'vitest';
import { pictureInputOf, pixelsFor } from '../../src/detection/pictureInput.js';

/** A red pixel and a blue one beside it. */
const RED_BLUE = Uint8ClampedArray.of(255, 0, 0, 255, 0, 0, 255, 255);
const floats = (buffer: ArrayBuffer) => [...new Float32Array(buffer)];
const first = { type: 'float32', channelsLast: false } as const;

test('a picture becomes planes of red, green and blue, or pixels one after the other', () => {
  expect(floats(pixelsFor(RED_BLUE, first, '0..255'))).toEqual([255, 0, 0, 0, 0, 255]);
  expect(floats(pixelsFor(RED_BLUE, { ...first, channelsLast: true }, '0..255'))).toEqual([255, 0, 0, 0, 0, 255]);
  const gray = Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 0);
  expect(floats(pixelsFor(gray, first, '0..255'))).toEqual([1, 4, 2, 5, 3, 6]);
  expect(floats(pixelsFor(gray, { ...first, channelsLast: true }, '0..255'))).toEqual([1, 2, 3, 4, 5, 6]);
});

test('its numbers are in the range that the model wants', () => {
  const of = (range: Parameters<typeof pixelsFor>[2]) => floats(pixelsFor(RED_BLUE, first, range));
  expect(of('0..1')).toEqual([1, 0, 0, 0, 0, 1]);
  expect(of('-1..1')).toEqual([1, -1, -1, -1, -1, 1]);
  const normalized = [(1 - 0.485) / 0.229, -0.485 / 0.229, -0.456 / 0.224, -0.456 / 0.224, -0.406 / 0.225, (1 - 0.406) / 0.225];
  of('imagenet').forEach((value, i) => {
    expect(value).toBeCloseTo(normalized[i]!, 5);
  });
});

test('whole numbers are those of the picture', () => {
  expect([...new Uint8Array(pixelsFor(RED_BLUE, { type: 'uint8', channelsLast: true }, '0..255'))]).toEqual([
    255, 0, 0, 0, 0, 255,
  ]);
  expect([...new Int32Array(pixelsFor(RED_BLUE, { type: 'int32', channelsLast: true }, '0..255'))]).toEqual([
    255, 0, 0, 0, 0, 255,
  ]);
});

test.each([
  [[1, 3, 20, 30], { width: 30, height: 20, channelsLast: false }],
  [[1, 20, 30, 3], { width: 30, height: 20, channelsLast: true }],
  [[1, 1, 20, 30], null],
  [[2, 3, 20, 30], null],
  [[1, 3, 20], null],
  [[3, 20, 30], null],
  [[], null],
])('an input of shape %j takes the picture %j', (shape, wanted) => {
  expect(pictureInputOf({ type: 'float32', shape })).toEqual(wanted && { type: 'float32', ...wanted });
  expect(pictureInputOf({ type: 'float16', shape })).toBeNull();
});

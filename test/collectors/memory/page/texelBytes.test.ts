import { expect, test } from 'vitest';
import { texelBytes } from '../../../../collectors/memory/page/texelBytes.js';

const [R32F, RGBA32F, RGBA16F, RGBA, UNSIGNED_BYTE, FLOAT, HALF_FLOAT_OES] = [33326, 34836, 34842, 6408, 5121, 5126, 36193];

test('a texel takes what its format says, or its data where the format has no size', () => {
  expect(texelBytes(R32F)).toBe(4);
  expect(texelBytes(RGBA32F)).toBe(16);
  expect(texelBytes(RGBA16F, RGBA, FLOAT)).toBe(8);
  expect(texelBytes(RGBA, RGBA, UNSIGNED_BYTE)).toBe(4);
  expect(texelBytes(RGBA, RGBA, FLOAT)).toBe(16);
  expect(texelBytes(RGBA, RGBA, HALF_FLOAT_OES)).toBe(8);
});

test('a format that is not known counts nothing', () => {
  expect(texelBytes(1)).toBe(0);
});

import { expect, test } from 'vitest';
import { floatOperations } from '../../src/wasm/floatOperations.js';

test.each([
  ['f32.add', 1],
  ['f64.sqrt', 1],
  ['f32x4.mul', 4],
  ['f64x2.pmax', 2],
  ['f32x4.relaxed_madd', 8],
  ['f64x2.relaxed_nmadd', 4],
  ['f32x4.relaxed_min', 4],
  ['f32.eq', 0],
  ['f32x4.splat', 0],
  ['f32.convert_i32_s', 0],
  ['i32x4.add', 0],
  ['f32.load', 0],
])('%s is %d float operations', (name, operations) => {
  expect(floatOperations(name)).toBe(operations);
});

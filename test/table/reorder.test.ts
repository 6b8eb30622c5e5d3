import { expect, test } from 'vitest';
import { reorder } from '../../src/table/reorder.js';

const columns = () => ({
  f64: Float64Array.of(0.5, 1.5, 2.5, 3.5),
  f32: Float32Array.of(0.5, Number.NaN, 2.5, 3.5),
  i32: Int32Array.of(-1, 1, -2, 3),
  u32: Uint32Array.of(0, 4294967295, 2, 3),
  u16: Uint16Array.of(0, 65535, 2, 3),
  u8: Uint8Array.of(0, 255, 2, 3),
});

test('puts every type of column in order', () => {
  expect(reorder(columns(), Uint32Array.of(3, 1, 0, 2))).toEqual({
    f64: Float64Array.of(3.5, 1.5, 0.5, 2.5),
    f32: Float32Array.of(3.5, Number.NaN, 0.5, 2.5),
    i32: Int32Array.of(3, 1, -1, -2),
    u32: Uint32Array.of(3, 4294967295, 0, 2),
    u16: Uint16Array.of(3, 65535, 0, 2),
    u8: Uint8Array.of(3, 255, 0, 2),
  });
});

test('drops the rows that are not in the order', () => {
  expect([...reorder(columns(), Uint32Array.of(0, 2)).i32]).toEqual([-1, -2]);
  expect([...reorder(columns(), Uint32Array.of(0, 1)).i32]).toEqual([-1, 1]);
});

test('leaves rows that are in order as they are', () => {
  const given = columns();
  expect(reorder(given, Uint32Array.of(0, 1, 2, 3))).toEqual(given);
});

test('reorders a view into a longer array, not what lies behind it', () => {
  const memory = Int32Array.of(1, 2, 3, 99);
  expect([...reorder({ a: memory.subarray(0, 3) }, Uint32Array.of(2, 1, 0)).a]).toEqual([3, 2, 1]);
  expect(memory[3]).toBe(99);
});

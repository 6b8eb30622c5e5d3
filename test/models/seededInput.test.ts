import { createHash } from 'node:crypto';
import { getFloat16 } from '@petamoriken/float16';
import { expect, test } from 'vitest';
import { seededInput } from '../../models/seededInput.js';
import { byteLength, TENSOR_TYPES, type TensorType, tensorView } from '../../src/bundle/tensor.js';

test('the same seed, name and type give the same bytes, others give others', () => {
  const spec = { name: 'x', type: 'float32', shape: [1, 3, 320, 320] } as const;
  const hash = (...input: Parameters<typeof seededInput>) =>
    createHash('sha256')
      .update(seededInput(...input))
      .digest('hex');
  // Recorded bundles are compared by these bytes: they may not change silently.
  expect(hash(spec, 1)).toBe('c530d8f96e9ca944744606226d314b77ce0c1a9fe5e7d329d65528e0dfe6edb3');
  expect(hash(spec, 1)).toBe(hash(spec, 1));
  expect(hash(spec, 2)).not.toBe(hash(spec, 1));
  expect(hash({ ...spec, name: 'y' }, 1)).not.toBe(hash(spec, 1));
});

test.each(TENSOR_TYPES)('%s values are in their range and differ', (type) => {
  const values = valuesOf('x', type);
  const [low, high] = ranges[type] ?? [0, 99];
  for (const value of values) {
    expect(value).toBeGreaterThanOrEqual(low);
    expect(value).toBeLessThanOrEqual(high);
  }
  expect(new Set(values).size).toBeGreaterThan(1);
});

test('masks are all ones and token types all zeros, whatever their element type', () => {
  for (const type of TENSOR_TYPES) {
    expect(new Set(valuesOf('attention_mask', type))).toEqual(new Set([1]));
    expect(new Set(valuesOf('token_type_ids', type))).toEqual(new Set([0]));
  }
});

test('a scalar has one value', () => {
  expect(seededInput({ name: 's', type: 'float64', shape: [] }, 1)).toHaveLength(8);
});

const ranges: Partial<Record<TensorType, readonly [number, number]>> = {
  float32: [-1, 1],
  float16: [-1, 1],
  float64: [-1, 1],
  uint8: [0, 255],
  int8: [-128, 127],
  bool: [0, 1],
};

function valuesOf(name: string, type: TensorType): number[] {
  const spec = { name, type, shape: [10, 10] };
  const bytes = seededInput(spec, 3);
  expect(bytes).toHaveLength(byteLength(spec));
  if (type !== 'float16') return Array.from(tensorView(type, bytes), Number);
  const view = new DataView(bytes.buffer);
  return Array.from({ length: 100 }, (_, i) => getFloat16(view, i * 2, true));
}

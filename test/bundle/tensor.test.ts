import { expect, test } from 'vitest';
import { type TensorValue, TO_CHANNELS_FIRST, TO_CHANNELS_LAST, transposed } from '../../src/bundle/tensor.js';

test('channels go last and come back', () => {
  const planes: TensorValue = {
    name: 'x',
    type: 'uint8',
    shape: [1, 2, 2, 3],
    data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
  };
  const pixels = transposed(planes, TO_CHANNELS_LAST);
  expect(pixels).toEqual({ ...planes, shape: [1, 2, 3, 2], data: Uint8Array.of(1, 7, 2, 8, 3, 9, 4, 10, 5, 11, 6, 12) });
  expect(transposed(pixels, TO_CHANNELS_FIRST)).toEqual(planes);
});

test.each(['float32', 'int64', 'float16'] as const)('elements of %s stay whole', (type) => {
  const size = { float32: 4, int64: 8, float16: 2 }[type];
  const data = Uint8Array.from({ length: 6 * size }, (_, i) => i);
  const { shape, data: turned } = transposed({ name: 'm', type, shape: [2, 3], data }, [1, 0]);
  expect(shape).toEqual([3, 2]);
  expect([...turned.subarray(size, 2 * size)]).toEqual([...data.subarray(3 * size, 4 * size)]);
});

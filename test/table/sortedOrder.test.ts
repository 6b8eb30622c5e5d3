import { expect, test } from 'vitest';
import { random } from '../../src/stats/random.js';
import { sortedOrder } from '../../src/table/sortedOrder.js';

test('orders by key, stable', () => {
  const { order } = sortedOrder({ key: Float64Array.of(3, 1, 2, 1) });
  expect([...order]).toEqual([1, 3, 2, 0]);
});

test('puts the longer of two rows with one key first', () => {
  const { order } = sortedOrder({ key: Float64Array.of(1, 1, 0), longerFirst: Float64Array.of(5, 9, 1) });
  expect([...order]).toEqual([2, 1, 0]);
});

test('keeps groups together and says where each begins', () => {
  const { order, offsets } = sortedOrder({ group: Int32Array.of(2, 0, 2), groups: 3, key: Float64Array.of(9, 1, 8) });
  expect([...order]).toEqual([1, 2, 0]);
  expect([...offsets]).toEqual([0, 1, 1, 3]);
});

test('no rows have an empty order', () => {
  expect([...sortedOrder({ key: new Float64Array(0) }).order]).toEqual([]);
  expect([...sortedOrder({ group: new Int32Array(0), groups: 0, key: new Float64Array(0) }).offsets]).toEqual([0]);
});

test('agrees with the engine’s stable sort, whatever the order of the input', () => {
  const next = random(7);
  for (let round = 0; round < 300; round++) {
    const rows = Math.floor(next() * 60);
    const groups = 1 + Math.floor(next() * 4);
    const spread = round % 3 === 0 ? 4 : 1000;
    const group = Int32Array.from({ length: rows }, () => Math.floor(next() * groups));
    const ascending = round % 2 === 0;
    const key = Float64Array.from({ length: rows }, (_, i) => (ascending ? i : 0) + Math.floor(next() * spread));
    const longerFirst = Float64Array.from({ length: rows }, () => Math.floor(next() * 3));
    const expected = Array.from(key.keys()).sort(
      (a, b) => group[a]! - group[b]! || key[a]! - key[b]! || longerFirst[b]! - longerFirst[a]!,
    );
    expect([...sortedOrder({ group, groups, key, longerFirst }).order]).toEqual(expected);
  }
});

test('a million descending rows take no time to speak of', () => {
  const key = Float64Array.from({ length: 1_000_000 }, (_, i) => -i);
  const startMs = performance.now();
  const { order } = sortedOrder({ key });
  expect(performance.now() - startMs).toBeLessThan(5000);
  expect(order[0]).toBe(999_999);
});

import { expect, test } from 'vitest';
import { random } from '../../src/stats/random.js';
import { IntPairMap } from '../../src/table/intPairMap.js';

test('finds what was set, tells apart the order of the two numbers, and gives -1 for all else', () => {
  const map = new IntPairMap();
  map.set(1, 2, 7);
  map.set(2, 1, 8);
  map.set(0xffffffff, 0, 9);
  expect([map.get(1, 2), map.get(2, 1), map.get(0xffffffff, 0), map.get(0, 0)]).toEqual([7, 8, 9, -1]);
});

test('a pair that is set again counts once', () => {
  const map = new IntPairMap();
  map.set(1, 1, 1);
  map.set(1, 1, 2);
  expect([map.size, map.get(1, 1)]).toEqual([1, 2]);
});

test('agrees with a Map over many random pairs', () => {
  const next = random(3);
  const map = new IntPairMap();
  const expected = new Map<string, number>();
  for (let i = 0; i < 20_000; i++) {
    const first = Math.floor(next() * 50);
    const second = Math.floor(next() * 2 ** 32);
    map.set(first, second, i);
    expected.set(`${first},${second}`, i);
  }
  expect(map.size).toBe(expected.size);
  for (const [key, value] of expected) {
    const [first, second] = key.split(',').map(Number);
    expect(map.get(first!, second!)).toBe(value);
  }
});

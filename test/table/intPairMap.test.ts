import { expect, test } from 'vitest';
import { random } from '../../src/stats/random.js';
import { IntPairMap } from '../../src/table/intPairMap.js';
import { anyMemory, MemoryBudget } from '../../src/table/memoryBudget.js';

test('finds what was set, tells apart the order of the two numbers, and gives -1 for all else', () => {
  const map = new IntPairMap(anyMemory);
  map.set(1, 2, 7);
  map.set(2, 1, 8);
  map.set(0xffffffff, 0, 9);
  expect([map.get(1, 2), map.get(2, 1), map.get(0xffffffff, 0), map.get(0, 0)]).toEqual([7, 8, 9, -1]);
});

test('a pair that is set again counts once', () => {
  const map = new IntPairMap(anyMemory);
  map.set(1, 1, 1);
  map.set(1, 1, 2);
  expect([map.size, map.get(1, 1)]).toEqual([1, 2]);
});

test('agrees with a Map over many random pairs', () => {
  const next = random(3);
  const map = new IntPairMap(anyMemory);
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

test('pairs that were chosen for one place of a known hash are spread', { timeout: 15_000 }, () => {
  // These are 0 in Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b), so each would be behind all before it.
  const inverse = inverseOf(0x85ebca6b);
  const map = new IntPairMap(anyMemory);
  const count = 200_000;
  for (let first = 0; first < count; first++) map.set(first, Math.imul(Math.imul(first, 0x9e3779b1), inverse) >>> 0, first);
  expect(map.size).toBe(count);
});

test('does not grow past its budget', () => {
  const map = new IntPairMap(
    new MemoryBudget(100_000, () => {
      throw new Error('too large');
    }),
  );
  const fill = () => {
    for (let i = 0; i < 100_000; i++) map.set(i, i, i);
  };
  expect(fill).toThrow('too large');
  expect(map.size).toBeGreaterThan(1000);
});

/** Of an odd number modulo 2³², by Newton's method. */
function inverseOf(odd: number): number {
  let inverse = odd;
  for (let i = 0; i < 5; i++) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
}

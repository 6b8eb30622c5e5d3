import { describe, expect, test } from 'vitest';
import { random } from '../../src/stats/random.js';
import { shuffled } from '../../src/stats/shuffled.js';

const items = ['a', 'b', 'c', 'd', 'e'];

describe('shuffled', () => {
  test('holds each item once, and leaves the given ones in their order', () => {
    const given = Object.freeze([...items]);
    for (let seed = 0; seed < 50; seed++) expect([...shuffled(given, random(seed))].sort()).toEqual(items);
    expect(given).toEqual(items);
  });

  test('is the same for a seed, and goes on with the stream', () => {
    expect(shuffled(items, random(3))).toEqual(shuffled(items, random(3)));
    const next = random(3);
    const orders = Array.from({ length: 10 }, () => shuffled(items, next).join(''));
    expect(new Set(orders).size).toBeGreaterThan(5);
  });

  test('gives every order of three as often as the others', () => {
    const next = random(1);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = shuffled([1, 2, 3], next).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  test('of nothing is nothing, and of one that one', () => {
    expect(shuffled([], random(1))).toEqual([]);
    expect(shuffled(['a'], random(1))).toEqual(['a']);
  });
});

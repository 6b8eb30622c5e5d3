import { describe, expect, test } from 'vitest';
import { floorGrowth, type SizeAt, steadyGrowth } from '../../../analyzers/pageState/growth.js';
import { random } from '../../../src/stats/random.js';

const MB = 1 << 20;
const sizes = (count: number, at: (i: number) => number): number[] => Array.from({ length: count }, (_, i) => at(i));

/** Memory that is taken a fifth larger whenever what is needed no longer fits, as Emscripten does. */
function taken(needed: readonly number[]): number[] {
  let held = 16 * MB;
  return needed.map((bytes) => {
    while (held < bytes) held *= 1.2;
    return held;
  });
}

describe('steady growth', () => {
  test('of a leak that shows after each inference is its size', () => {
    expect(steadyGrowth(sizes(6, (i) => i * MB))).toEqual({ bytesPerInference: MB, ci95Bytes: [MB, MB] });
  });

  test('of a leak that fills memory taken in steps is what fills them', () => {
    const { bytesPerInference, ci95Bytes } = steadyGrowth(taken(sizes(100, (i) => 10 * MB + i * MB)))!;
    expect(bytesPerInference).toBeGreaterThan(0.9 * MB);
    expect(bytesPerInference).toBeLessThan(1.1 * MB);
    expect(ci95Bytes[0]).toBeLessThan(MB);
    expect(ci95Bytes[1]).toBeGreaterThan(MB);
  });

  test('holds the leak within its interval where inferences need different amounts', () => {
    const draw = random(7);
    const noisy = sizes(60, (i) => i * MB + Math.round(draw() * MB * 4));
    const { ci95Bytes } = steadyGrowth(noisy)!;
    expect(ci95Bytes[0]).toBeLessThan(MB);
    expect(ci95Bytes[1]).toBeGreaterThan(MB);
  });

  test('is seldom found where sizes only scatter', () => {
    const found = sizes(400, (seed) => seed).filter((seed) => {
      const draw = random(seed + 1);
      return steadyGrowth(sizes(40, () => Math.round(draw() * 64 * MB))) !== null;
    });
    // An interval of 95 % lies above zero in a fortieth of them.
    expect(found.length).toBeLessThanOrEqual(10);
  });

  test.each([
    ['constant memory', sizes(50, () => 100 * MB)],
    ['a single step', sizes(50, (i) => (i < 25 ? 100 : 200) * MB)],
    ['two steps', sizes(50, (i) => (i < 15 ? 100 : i < 30 ? 150 : 200) * MB)],
    ['a pool that fills and stays', sizes(50, (i) => Math.min(i, 8) * MB)],
    ['garbage that is collected', sizes(60, (i) => (i % 7) * MB)],
    ['what goes up and down, and ends higher', sizes(40, (i) => (i % 2) * 8 * MB + (i === 39 ? MB : 0))],
    ['a few kilobytes in all', sizes(50, (i) => i * 1000)],
    ['memory that shrinks', sizes(50, (i) => (50 - i) * MB)],
    ['too few inferences', sizes(4, (i) => i * MB)],
    ['no inference', []],
  ])('is none of %s', (_, bytes) => {
    expect(steadyGrowth(bytes)).toBeNull();
  });
});

describe('growth of what is held under garbage', () => {
  /** 40 readings, five inferences between two of them. */
  const readings = (at: (i: number) => number): SizeAt[] => sizes(40, at).map((bytes, i) => ({ inference: 1 + 5 * i, bytes }));

  test('is what a leak adds per inference, whatever garbage lies over it', () => {
    const { bytesPerInference, ci95Bytes } = floorGrowth(readings((i) => i * 5 * MB + (i % 4) * 8 * MB))!;
    expect(bytesPerInference / MB).toBeCloseTo(1, 0);
    expect(ci95Bytes[0]).toBeLessThanOrEqual(MB);
    expect(ci95Bytes[1]).toBeGreaterThanOrEqual(MB);
  });

  test('is seldom found where sizes only scatter', () => {
    const found = sizes(400, (seed) => seed).filter((seed) => {
      const draw = random(seed + 1);
      return floorGrowth(readings(() => Math.round(draw() * 64 * MB))) !== null;
    });
    expect(found.length).toBeLessThanOrEqual(10);
  });

  test.each([
    ['garbage that is collected', readings((i) => (i % 3) * 10 * MB)],
    ['a cache that fills and stays', readings((i) => Math.min(i, 4) * 10 * MB)],
    ['a few kilobytes in all', readings((i) => i * 1000)],
    ['memory that is freed', readings((i) => (50 - i) * MB)],
    ['too few readings', readings((i) => i * MB).slice(0, 14)],
    ['readings during one inference', readings((i) => i * MB).map(({ bytes }) => ({ inference: 1, bytes }))],
    ['no reading', []],
  ])('is none of %s', (_, sizesThen) => {
    expect(floorGrowth(sizesThen)).toBeNull();
  });
});

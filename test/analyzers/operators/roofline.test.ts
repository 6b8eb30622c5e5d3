import { describe, expect, test } from 'vitest';
import { roofline } from '../../../analyzers/operators/roofline.js';

const peaks = { threads: 1, instructions: 'simd128', gigaflops: 40, gigabytesPerSecond: 20 } as const;
const bound = (flops: number | null, bytes: number | null, ms: number) => roofline({ flops, bytes }, ms, peaks).bound;

describe('the roofline', () => {
  test('tells what an operator reached', () => {
    expect(roofline({ flops: 20e6, bytes: 1e6 }, 1, null)).toEqual({ gflops: 20, gigabytesPerSecond: 1, bound: null });
    expect(roofline({ flops: 0, bytes: 1e6 }, 1, null).gflops).toBeNull();
  });

  test('finds what takes a quarter of the time at least, and of two the one that takes more', () => {
    expect(bound(10e6, 1e6, 1)).toBe('compute');
    expect(bound(1e6, 5e6, 1)).toBe('memory');
    expect(bound(24e6, 15e6, 1)).toBe('memory');
    expect(bound(0, 15e6, 1)).toBe('memory');
    expect(bound(9e6, 4e6, 1)).toBe('overhead');
  });

  test('does not call overhead what may be bound by what is not known', () => {
    expect(bound(null, 4e6, 1)).toBeNull();
    expect(bound(null, 15e6, 1)).toBe('memory');
    expect(bound(9e6, null, 1)).toBeNull();
    expect(bound(30e6, null, 1)).toBe('compute');
  });

  test('tells nothing of a time that is not of the computation, or is none', () => {
    const nothing = { gflops: null, gigabytesPerSecond: null, bound: null };
    expect(roofline({ flops: 1, bytes: 1 }, null, peaks)).toEqual(nothing);
    expect(roofline({ flops: 1, bytes: 1 }, 0, peaks)).toEqual(nothing);
  });
});

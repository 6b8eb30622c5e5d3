import { median } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { replicatedMedian } from '../../src/stats/replicatedMedian.js';
import { normal } from './normal.js';

const contains = ([low, high]: readonly [number, number], value: number): boolean => low <= value && value <= high;

/** Latencies of 100 ms in processes that each have their own luck of 3 %, and noise of 1 % within. */
function processes(next: () => number, count: number): number[][][] {
  return Array.from({ length: count }, () => {
    const level = 100 * Math.exp(0.03 * next());
    return Array.from({ length: 5 }, () => Array.from({ length: 6 }, () => level * (1 + 0.01 * next())));
  });
}

describe('replicatedMedian', () => {
  test('with three replicates or more is the geometric mean of their medians, with Student’s interval of their logarithms', () => {
    const { value, ci95 } = replicatedMedian([[[30, 30, 90]], [[60], [60, 60]], [[120]]], median)!;
    expect(value).toBeCloseTo(60, 9);
    // times and over e^(4.303 · ln 2 / √3)
    expect(ci95[0]).toBeCloseTo(60 / Math.exp((4.303 * Math.LN2) / Math.sqrt(3)), 2);
    expect(ci95[1]).toBeCloseTo(60 * Math.exp((4.303 * Math.LN2) / Math.sqrt(3)), 0);
  });

  test('has no interval that ends below zero, however far processes are apart', () => {
    expect(replicatedMedian([[[5]], [[60]], [[350]]], median)!.ci95[0]).toBeGreaterThan(0);
  });

  test('with fewer is the median of all observations, with an interval over rounds', () => {
    const { value, ci95 } = replicatedMedian(
      [
        [[50], [60]],
        [[60], [70], [80]],
      ],
      median,
    )!;
    expect(value).toBe(60);
    expect(ci95[0]).toBeGreaterThanOrEqual(50);
    expect(ci95[0]).toBeLessThanOrEqual(60);
    expect(ci95[1]).toBeGreaterThanOrEqual(60);
    expect(ci95[1]).toBeLessThanOrEqual(80);
  });

  test('does not count replicates and rounds without observations', () => {
    expect(replicatedMedian([[[60], []], [[]], [], [[61]]], median)).toEqual(replicatedMedian([[[60]], [[61]]], median));
    expect(replicatedMedian([[[]], []], median)).toBeNull();
    expect(replicatedMedian([], median)).toBeNull();
  });

  test('takes another statistic for the median', () => {
    const largest = (drawn: number[]): number => Math.max(...drawn);
    expect(replicatedMedian([[[1, 5]], [[2, 10]], [[3, 20]]], largest)!.value).toBeCloseTo(10, 9);
  });

  test('holds the true latency in 95 % of 400 trials of four processes, where pooling all would not in half of them', () => {
    let held = 0;
    let heldPooled = 0;
    for (let trial = 1; trial <= 400; trial++) {
      const replicates = processes(normal(trial), 4);
      if (contains(replicatedMedian(replicates, median)!.ci95, 100)) held++;
      if (trial <= 60 && contains(replicatedMedian(replicates.slice(0, 2), median)!.ci95, 100)) heldPooled++;
    }
    expect(held / 400).toBeGreaterThanOrEqual(0.93);
    expect(held / 400).toBeLessThanOrEqual(0.97);
    expect(heldPooled / 60).toBeLessThan(0.8);
  });
});

import { describe, expect, test } from 'vitest';
import { accuracyOf } from '../../../analyzers/accuracy/accuracy.js';
import type { LiveAccuracy } from '../../../analyzers/accuracy/liveAccuracy.js';
import { accuracyLogSchema } from '../../../src/bundle/accuracyLog.js';
import { studentInterval } from '../../../src/stats/studentInterval.js';
import { buildAccuracyLog, findAll, type Live } from './buildAccuracyLog.js';

const slow = { on: 'worker', speedPxPerS: 60, latencyMs: 50 } as const;

test('a built log is what a bundle may hold', () => {
  const log = buildAccuracyLog([slow]);
  expect(accuracyLogSchema.parse(JSON.parse(JSON.stringify(log)))).toEqual(log);
});

test('a log of an older version has one page of each', () => {
  const log = buildAccuracyLog([slow, { ...slow, on: 'main' }]);
  const older = { ...log, rounds: log.rounds.map(({ round: _, ...rest }) => rest) };
  expect(accuracyLogSchema.parse(older)).toEqual(log);
});

test('a log names each page and speed once, as a second one would count as another page', () => {
  expect(accuracyLogSchema.safeParse(buildAccuracyLog([slow, { ...slow, round: 1 }])).success).toBe(true);
  expect(accuracyLogSchema.safeParse(buildAccuracyLog([slow, slow])).success).toBe(false);
});

describe('accuracy by staleness', () => {
  const { atZero, atZeroAp, curve, byShift, lineHeightPx } = accuracyOf(buildAccuracyLog())!;

  test('is that of the detector where results are fresh', () => {
    expect(atZero).toBe(1);
    // A box that is 1 px too high covers its line at all thresholds but the highest.
    expect(atZeroAp).toBeGreaterThan(0.8);
    expect(atZeroAp).toBeLessThan(1);
    expect(byShift[0]).toMatchObject({ shiftPx: 0, ap50: atZero, ap: atZeroAp, perfect50: 1 });
  });

  test('falls with the shift, from no mistake to nearly nothing but mistakes', () => {
    byShift.slice(1).forEach(({ ap50, ap, perfect50 }, i) => {
      expect(ap50).toBeLessThan(byShift[i]!.ap50 + 0.03);
      expect(ap).toBeLessThan(byShift[i]!.ap + 0.03);
      expect(perfect50).toBeLessThan(byShift[i]!.perfect50 + 0.03);
    });
    expect(byShift.find(({ shiftPx }) => shiftPx === 6)!.ap50).toBeGreaterThan(0.95);
    expect(byShift.at(-1)!.ap50).toBeLessThan(0.1);
    expect(byShift.at(-1)!.shiftLines).toBeCloseTo(40 / lineHeightPx, 9);
  });

  test('is the same for double the speed and half the staleness', () => {
    for (const { speed, stalenessMs, ap50, ap } of curve.filter((point) => point.speed === 60)) {
      const faster = curve.find((point) => point.speed === 120 && Math.abs(2 * point.stalenessMs - stalenessMs) < 1e-6);
      expect([speed, faster?.ap50 ?? ap50, faster?.ap ?? ap]).toEqual([60, ap50, ap]);
    }
    expect(curve.map(({ speed }) => speed)).toEqual(expect.arrayContaining([60, 120, 240]));
    expect(Math.max(...curve.map(({ shiftPx }) => shiftPx))).toBeLessThanOrEqual(40);
  });

  test('is not known of a detector that finds nothing in pictures that stand still', () => {
    expect(accuracyOf(buildAccuracyLog([], () => []))).toBeNull();
  });
});

describe('what pages showed', () => {
  const live = (rounds: Parameters<typeof buildAccuracyLog>[0]) => accuracyOf(buildAccuracyLog(rounds))!.live;
  const one = (round: Live) => live([round])[0]!;

  test('is as old as the next frame after the latency, until the next result comes', () => {
    // Taken at a frame, ready after 50 ms, shown from the second frame on, and the next picture is taken then.
    const { ageMs, latencyMs, pages, results, frames, undrawn } = one(slow);
    expect(latencyMs.p50).toBeCloseTo(50, 6);
    expect(latencyMs.p95).toBeCloseTo(50, 6);
    expect(ageMs.p50).toBeGreaterThanOrEqual(200 / 3 - 1e-6);
    expect(ageMs.p95).toBeCloseTo(100, 6);
    expect([pages, results, frames, undrawn]).toEqual([1, 150, 298, 0]);
  });

  test('is as accurate as the same detections at their ages, in a worker and on the main thread', () => {
    const [fast, late, main] = [one(slow), one({ ...slow, latencyMs: 150 }), one({ ...slow, on: 'main', latencyMs: 150 })];
    for (const { measured, replayed, measuredAp, replayedAp } of [fast, late, main]) {
      expect(Math.abs(measured - replayed)).toBeLessThan(0.01);
      expect(Math.abs(measuredAp - replayedAp)).toBeLessThan(0.01);
    }
    expect(fast.measured).toBeGreaterThan(late.measured + 0.2);
    expect(late.undrawn).toBe(0);
    expect(main.undrawn).toBeGreaterThan(200);
  });

  test('is less than its replay where the detector did worse than in pictures that stood still', () => {
    const blind = (pathPx: number) => findAll(pathPx).slice(0, 3);
    const { measured, replayed } = one({ ...slow, find: blind });
    expect(replayed).toBeGreaterThan(0.9);
    expect(measured).toBeLessThan(0.6);
  });

  test('is told by place and speed, however rounds were ordered', () => {
    const main = { ...slow, on: 'main' } as const;
    const rounds = [{ ...slow, speedPxPerS: 120 }, { ...main, speedPxPerS: 120 }, slow, main, { ...slow, round: 1 }];
    expect(live(rounds).map(({ condition, speed, pages }) => [condition, speed, pages])).toEqual([
      ['main', 60, 1],
      ['main', 120, 1],
      ['worker', 60, 2],
      ['worker', 120, 1],
    ]);
  });

  test('is the mean of pages, with the interval that theirs give', () => {
    const pages = [60, 90, 120, 150].map((latencyMs, round) => ({ ...slow, speedPxPerS: 120, latencyMs, round }));
    const [row] = live(pages);
    const each = pages.map(one);
    for (const [value, ci95, of] of [
      [row!.measured, row!.ci95, ({ measured }: LiveAccuracy) => measured],
      [row!.measuredAp, row!.measuredApCi95, ({ measuredAp }: LiveAccuracy) => measuredAp],
    ] as const) {
      const values = each.map(of);
      const [low, high] = studentInterval(values);
      expect(value).toBeCloseTo(values.reduce((sum, other) => sum + other, 0) / 4, 9);
      expect(ci95![0]).toBeCloseTo(Math.max(0, low), 9);
      expect(ci95![1]).toBeCloseTo(Math.min(1, high), 9);
    }
    // The frames of one page say nothing of this.
    expect(row!.ci95![1] - row!.ci95![0]).toBeGreaterThan(0.3);
    expect(row!.ageMs.ci95![0]).toBeLessThan(row!.ageMs.p50);
    expect(row!.ageMs.ci95![1]).toBeGreaterThan(row!.ageMs.p50);
    expect([row!.pages, row!.frames]).toEqual([4, each.reduce((sum, { frames }) => sum + frames, 0)]);
  });

  test('has no interval of fewer than three pages, and none that is wider than what pages show', () => {
    const [two] = live([slow, { ...slow, round: 1 }]);
    expect([two!.ci95, two!.measuredApCi95, two!.ageMs.ci95]).toEqual([null, null, null]);
    const [same] = live([0, 1, 2].map((round) => ({ ...slow, round })));
    expect(same!.ci95![1] - same!.ci95![0]).toBeCloseTo(0, 9);
  });

  test('is left out where nothing was shown', () => {
    const nothing = { ...slow, latencyMs: 20_000 };
    expect(live([nothing])).toEqual([]);
    expect(live([slow, { ...nothing, round: 1 }])[0]!.pages).toBe(1);
  });

  test('ignores results that the log does not hold', () => {
    const log = buildAccuracyLog([slow]);
    const [round] = log.rounds;
    const broken = { ...round!, frames: { ...round!.frames, result: round!.frames.result.map(() => 9999) } };
    expect(accuracyOf({ ...log, rounds: [broken] })!.live).toEqual([]);
  });

  test.each(['main', 'worker'] as const)('follows from latencies with a tail alone, and not from the usual one (%s)', (on) => {
    // The page also misses every ninth vsync, of which the prediction knows nothing.
    const usual = { on, speedPxPerS: 120, latencyMs: 40, vsyncAtMs: 11, isLost: (vsync: number) => vsync % 9 === 4 };
    const tail = one({ ...usual, latencyMs: [40, 40, 40, 250] });
    expect(tail.latencyMs.p50).toBeCloseTo(40, 6);
    expect(Math.abs(tail.predicted - tail.measured)).toBeLessThan(0.1);
    expect(Math.abs(tail.predictedAp - tail.measuredAp)).toBeLessThan(0.1);
    expect(one(usual).predicted - tail.measured).toBeGreaterThan(0.2);
  });
});

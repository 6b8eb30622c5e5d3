import { describe, expect, test } from 'vitest';
import { accuracyOf } from '../../../analyzers/accuracy/accuracy.js';
import { accuracyLogSchema } from '../../../src/bundle/accuracyLog.js';
import { buildAccuracyLog, findAll } from './buildAccuracyLog.js';

const slow = { on: 'worker', speedPxPerS: 60, latencyMs: 50 } as const;

test('a built log is what a bundle may hold', () => {
  const log = buildAccuracyLog([slow]);
  expect(accuracyLogSchema.parse(JSON.parse(JSON.stringify(log)))).toEqual(log);
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

describe('what a page showed', () => {
  const live = (rounds: Parameters<typeof buildAccuracyLog>[0]) => accuracyOf(buildAccuracyLog(rounds))!.live;

  test('is as old as the next frame after the latency, until the next result comes', () => {
    // Taken at a frame, ready after 50 ms, shown from the second frame on, and the next picture is taken then.
    const { ageMs, latencyMs, results, frames, undrawn } = live([slow])[0]!;
    expect(latencyMs).toEqual({ p50: 50, p95: 50 });
    expect(ageMs.p50).toBeGreaterThanOrEqual(200 / 3 - 1e-6);
    expect(ageMs.p95).toBeCloseTo(100, 6);
    expect([results, frames, undrawn]).toEqual([150, 298, 0]);
  });

  test('is as accurate as the same detections at their ages, in a worker and on the main thread', () => {
    const rounds = live([slow, { ...slow, latencyMs: 150 }, { ...slow, on: 'main', latencyMs: 150 }]);
    for (const { measured, replayed, measuredAp, replayedAp } of rounds) {
      expect(Math.abs(measured - replayed)).toBeLessThan(0.01);
      expect(Math.abs(measuredAp - replayedAp)).toBeLessThan(0.01);
    }
    expect(rounds.map(({ condition }) => condition)).toEqual(['worker', 'worker', 'main']);
    expect(rounds[0]!.measured).toBeGreaterThan(rounds[1]!.measured + 0.2);
    expect(rounds[1]!.undrawn).toBe(0);
    expect(rounds[2]!.undrawn).toBeGreaterThan(200);
  });

  test('is less than its replay where the detector did worse than in pictures that stood still', () => {
    const blind = (pathPx: number) => findAll(pathPx).slice(0, 3);
    const { measured, replayed, ci95 } = live([{ ...slow, find: blind }])[0]!;
    expect(replayed).toBeGreaterThan(0.9);
    expect(measured).toBeLessThan(0.6);
    expect(ci95[0]).toBeLessThanOrEqual(measured);
    expect(ci95[1]).toBeGreaterThanOrEqual(measured);
    expect(ci95[1]).toBeLessThan(replayed);
  });

  test('has an interval that is wider than that of frames which knew nothing of each other', () => {
    const { ci95, measured, frames } = live([{ ...slow, latencyMs: 150 }])[0]!;
    expect(ci95[0]).toBeLessThan(measured);
    expect(ci95[1]).toBeGreaterThan(measured);
    expect(ci95[1] - ci95[0]).toBeGreaterThan(2 * Math.sqrt((measured * (1 - measured)) / frames));
  });

  test('has no interval from less than five seconds, and is left out where nothing was shown', () => {
    const [short, ...others] = live([
      { ...slow, durationMs: 3000 },
      { ...slow, latencyMs: 20_000 },
    ]);
    expect(others).toEqual([]);
    expect(short!.ci95).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });

  test('ignores results that the log does not hold', () => {
    const log = buildAccuracyLog([slow]);
    const [round] = log.rounds;
    const broken = { ...round!, frames: { ...round!.frames, result: round!.frames.result.map(() => 9999) } };
    expect(accuracyOf({ ...log, rounds: [broken] })!.live).toEqual([]);
  });
});

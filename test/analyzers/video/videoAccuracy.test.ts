import { describe, expect, test } from 'vitest';
import { videoAccuracyOf } from '../../../analyzers/video/videoAccuracy.js';
import { videoLogSchema } from '../../../src/bundle/videoLog.js';
import { buildVideoLog, FRAMES, square, type Thing } from './buildVideoLog.js';

const worker = { on: 'worker', latencyMs: 100 } as const;
const accuracy = (given: Parameters<typeof buildVideoLog>[0]) => videoAccuracyOf(buildVideoLog(given))!;

test('a built log is what a bundle may hold', () => {
  const log = buildVideoLog({ rounds: [worker, { ...worker, on: 'main' }] });
  expect(videoLogSchema.parse(JSON.parse(JSON.stringify(log)))).toEqual(log);
  expect(videoLogSchema.safeParse({ ...log, rounds: [log.rounds[0], log.rounds[0]] }).success).toBe(false);
  expect(videoLogSchema.safeParse({ ...log, timesMs: log.timesMs.toReversed() }).success).toBe(false);
  expect(videoLogSchema.safeParse({ ...log, stretch: { first: 0, last: FRAMES } }).success).toBe(false);
});

describe('accuracy by staleness', () => {
  test('falls where the square has moved by more than a third of its side, as a fault-free detector’s does', () => {
    const { curve, atZero, atZeroAp, metric, task } = accuracy({});
    expect([atZero, metric, task]).toEqual([1, 'AP@.5', 'object detection']);
    expect(atZeroAp).toBeCloseTo(1, 9);
    expect(curve.map(({ stalenessMs }) => stalenessMs)).toEqual([0, 40, 80, 160, 320, 640, 1280]);
    // IoU of a shift of s px is (40 − s) / (40 + s): at 16 px 0.43, at 8 px 0.67.
    expect(curve.map(({ value }) => value)).toEqual([1, 1, 1, 0, 0, 0, 0]);
    expect(curve.map(({ perfect }) => perfect)).toEqual(curve.map(({ value }) => value));
    // 0.82 covers the thresholds up to 0.8, and 0.67 those up to 0.65.
    expect(curve[1]!.ap).toBeCloseTo(0.7, 9);
    expect(curve[2]!.ap).toBeCloseTo(0.4, 9);
    expect(curve.map(({ frames }) => frames)).toEqual([0, 1, 2, 4, 8, 16, 32].map((late) => FRAMES - late));
  });

  test('of a classifier is the share of frames whose class is the one of so many frames before', () => {
    // The scene changes every 10 frames.
    const scene = (frame: number): Thing[] => [{ category: 1 + (Math.floor(frame / 10) % 2), box: [0, 0, 600, 100] }];
    const { curve, metric, atZeroAp } = accuracy({ what: 'class', labels: scene });
    expect([metric, atZeroAp]).toEqual(['top-1', null]);
    [1, 108 / 119, 96 / 118, 72 / 116, 24 / 112].forEach((value, i) => {
      expect(curve[i]!.value).toBeCloseTo(value, 9);
    });
    for (const { value, perfect, ap } of curve) expect([value, ap]).toEqual([perfect, null]);
  });

  test('tells a model that is wrong when fresh from one that is late', () => {
    const { atZero, curve } = accuracy({ find: (frame) => (frame % 2 ? square(frame) : []) });
    expect(atZero).toBeCloseTo(51 / 101, 9);
    expect(curve[0]!.perfect).toBe(1);
  });

  test('goes in steps of the labelled frames, where not all are', () => {
    const { curve, labelled, lookedAt } = accuracy({ isLabelled: (frame) => frame % 10 === 0 });
    expect([labelled, lookedAt]).toEqual([12, 12]);
    expect(curve.map(({ stalenessMs }) => stalenessMs)).toEqual([0, 400, 800, 1600]);
  });

  test('is of fewer frames where every n-th was looked at, and not known where none was', () => {
    const { curve, lookedAt, every } = accuracy({ every: 4 });
    expect([lookedAt, every, curve[0]!.frames, curve[1]!.frames]).toEqual([30, 4, 30, 30]);
    const log = buildVideoLog();
    expect(videoAccuracyOf({ ...log, still: { ...log.still, frames: [] } })).toBeNull();
    expect(videoAccuracyOf(buildVideoLog({ labels: () => [], find: square }))).toBeNull();
  });

  test('of several categories is their mean', () => {
    const circle = (frame: number): Thing => ({ category: 2, box: [4 * frame, 70, 4 * frame + 20, 90] });
    const labels = (frame: number) => [...square(frame), circle(frame)];
    expect(accuracy({ labels, find: square }).atZero).toBe(0.5);
    expect(accuracy({ labels }).atZero).toBe(1);
  });
});

describe('what was shown while the video played', () => {
  const live = (given: Parameters<typeof buildVideoLog>[0]) => accuracy(given).live;

  test('is as old as its latency at least, until the next result comes', () => {
    // Taken at a frame, ready after 100 ms, seen from the third frame on; the next picture is taken then.
    const [row, ...others] = live({ rounds: [worker] });
    expect(others).toEqual([]);
    expect(row).toMatchObject({ condition: 'worker', pages: 1, results: 40, unseen: 0 });
    expect(row!.latencyMs.p50).toBeCloseTo(100, 9);
    expect(row!.latencyMs.p95).toBe(100);
    expect(row!.ageMs.p50).toBeCloseTo(160, 9);
    expect(row!.ageMs.p95).toBe(200);
    expect(row!.frames).toBe(117);
    // Of 120, 160 and 200 ms the square has moved by 12, 16 and 20 px: the first has an IoU of 0.54.
    expect(row!.measured).toBeGreaterThan(0.05);
    expect(row!.measured).toBeLessThan(0.2);
  });

  test('is what the same detections give at their ages, in a worker and on the main thread', () => {
    const rows = live({ rounds: [worker, { on: 'main', latencyMs: 100 }, { on: 'worker', round: 1, latencyMs: 30 }] });
    expect(rows.map(({ condition }) => condition)).toEqual(['main', 'worker']);
    for (const { measured, replayed } of rows) expect(replayed).toBeCloseTo(measured, 9);
    // In a built log nothing else makes results older.
    expect(rows[1]!.predicted).toBeCloseTo(rows[1]!.measured, 9);
    expect(rows[0]!.unseen).toBeGreaterThan(70);
    expect(rows[1]!.unseen).toBe(0);
  });

  test('is less than its replay where the model did worse than on frames that stood still', () => {
    const log = buildVideoLog({ rounds: [{ on: 'worker', latencyMs: 30 }] });
    const [round] = log.rounds;
    const blind = { ...log, rounds: [{ ...round!, found: { ...round!.found, category: round!.found.category.map(() => 2) } }] };
    const { measured, replayed } = videoAccuracyOf(blind)!.live[0]!;
    expect([measured, replayed]).toEqual([0, 1]);
  });

  test('has an interval from three pages on', () => {
    expect(live({ rounds: [worker, { ...worker, round: 1 }] })[0]!.ci95).toBeNull();
    const rounds = [20, 60, 100].map((latencyMs, round) => ({ on: 'worker', round, latencyMs }) as const);
    const { ci95, measured } = live({ rounds })[0]!;
    expect(ci95![0]).toBeLessThan(measured);
    expect(ci95![1]).toBeGreaterThan(measured);
  });

  test('is not replayed where a frame that was taken was not looked at', () => {
    expect(live({ rounds: [worker], every: 2 })[0]!.replayed).toBeNull();
    expect(live({ rounds: [worker], unreached: [0] })[0]!.replayed).toBeNull();
  });

  test('is judged at labelled frames only, and left out where no result was shown in time', () => {
    const [row] = live({ rounds: [worker], isLabelled: (frame) => frame % 10 === 0 });
    expect(row!.frames).toBe(11);
    expect(live({ rounds: [{ on: 'worker', latencyMs: 60_000 }] })).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { gap } from '../../analyzers/gap.js';
import type { Manifest } from '../../src/bundle/manifest.js';
import { baseline, buildManifest } from './buildManifest.js';

type Round = Manifest['timingPass']['rounds'][number];

const withRounds = (rounds: readonly (Pick<Round, 'browserMs' | 'nativeMs'> & Partial<Round>)[]) =>
  buildManifest({
    timingPass: {
      setupMs: 1,
      warmupMs: 1,
      setups: [],
      rounds: rounds.map((round) => ({ part: 'before', replicate: 0, ...round })),
    },
  });

describe('gap', () => {
  test('is the ratio of the medians, beside what the native run was', () => {
    expect(gap(buildManifest(), baseline)).toMatchObject({
      baseline: 'onnxruntime-node 1.30.0, CPU, 2 threads',
      nativeMs: 20,
      nativeSetupMs: 100,
      nativeWarmupMs: 30,
      effects: [],
    });
    expect(gap(buildManifest(), baseline)!.ratio).toBeCloseTo(3, 9);
    for (const bound of gap(buildManifest(), baseline)!.ratioCi95) expect(bound).toBeCloseTo(3, 9);
    expect(gap(buildManifest(), { ...baseline, threads: 1 })!.baseline).toMatch(/, 1 thread$/);
  });

  test('is not widened by what slowed both down at a time', () => {
    const slowed = [1, 1.5, 2, 1, 1.5, 2].map((factor) => ({ browserMs: [60 * factor], nativeMs: [20 * factor] }));
    const found = gap(withRounds(slowed), baseline)!;
    expect(found.ratioCi95[0]).toBeCloseTo(3, 9);
    expect(found.ratioCi95[1]).toBeCloseTo(3, 9);
    expect(found.nativeCi95Ms[1] - found.nativeCi95Ms[0]).toBeGreaterThan(5);
  });

  test('rests only on rounds in which both ran', () => {
    const rounds = [
      { browserMs: [60], nativeMs: [20] },
      { browserMs: [600], nativeMs: [] },
      { browserMs: [], nativeMs: [2] },
    ];
    expect(gap(withRounds(rounds), baseline)!.ratio).toBeCloseTo(3, 9);
    expect(gap(withRounds(rounds), baseline)!.nativeSamplesMs).toEqual([20]);
  });

  test('averages processes, each with its own luck, and its interval is that of another process', () => {
    const lucky = [0.97, 1, 1.03, 1].map((factor, replicate) => ({ replicate, browserMs: [60 * factor], nativeMs: [20] }));
    const found = gap(withRounds(lucky), baseline)!;
    expect(found.ratio).toBeCloseTo(3, 2);
    // Student's interval of four values with a standard deviation of 2.4 %: ± 3.9 %.
    expect(found.ratioCi95[1] / found.ratio).toBeCloseTo(1.039, 2);
  });

  test('is null without a baseline, and where no round ran both', () => {
    expect(gap(buildManifest(), null)).toBeNull();
    expect(gap(withRounds([{ browserMs: [60], nativeMs: [] }]), baseline)).toBeNull();
    expect(gap(withRounds([]), baseline)).toBeNull();
  });
});

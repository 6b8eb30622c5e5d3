import { describe, expect, test } from 'vitest';
import { gap } from '../../analyzers/gap.js';
import type { Manifest } from '../../src/bundle/manifest.js';
import { baseline, buildManifest } from './buildManifest.js';

const withRounds = (rounds: readonly Omit<Manifest['timingPass']['rounds'][number], 'part'>[]) =>
  buildManifest({ timingPass: { setupMs: 1, warmupMs: 1, rounds: rounds.map((round) => ({ part: 'before', ...round })) } });

describe('gap', () => {
  test('is the ratio of the medians, beside what the native run was', () => {
    expect(gap(buildManifest(), baseline)).toMatchObject({
      baseline: 'onnxruntime-node 1.30.0, CPU, 2 threads',
      nativeMs: 20,
      nativeSetupMs: 100,
      nativeWarmupMs: 30,
      ratio: 3,
      ratioCi95: [3, 3],
      effects: [],
    });
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
    expect(gap(withRounds(rounds), baseline)).toMatchObject({ ratio: 3, nativeSamplesMs: [20] });
  });

  test('is null without a baseline, and where no round ran both', () => {
    expect(gap(buildManifest(), null)).toBeNull();
    expect(gap(withRounds([{ browserMs: [60], nativeMs: [] }]), baseline)).toBeNull();
    expect(gap(withRounds([]), baseline)).toBeNull();
  });
});

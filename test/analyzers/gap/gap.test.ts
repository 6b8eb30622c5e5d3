import { describe, expect, test } from 'vitest';
import { runGap } from '../../../analyzers/gap/gap.js';
import { ratioText } from '../../../analyzers/gap/ratioText.js';
import { runLatency } from '../../../analyzers/latency/latency.js';
import type { Manifest } from '../../../src/bundle/manifest.js';
import { random } from '../../../src/stats/random.js';
import { buildLadder } from '../buildLadder.js';
import { baseline, buildManifest } from '../buildManifest.js';

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
    expect(runGap(buildManifest(), baseline)).toMatchObject({
      baseline: 'onnxruntime-node 1.30.0, CPU, 2 threads',
      nativeMs: 20,
      nativeSetupMs: 100,
      nativeWarmupMs: 30,
      effects: [],
    });
    expect(runGap(buildManifest(), baseline)!.ratio).toBeCloseTo(3, 9);
    for (const bound of runGap(buildManifest(), baseline)!.ratioCi95) expect(bound).toBeCloseTo(3, 9);
    expect(runGap(buildManifest(), { ...baseline, threads: 1 })!.baseline).toMatch(/, 1 thread$/);
    const tfjsNode = { ...baseline, runtime: 'tfjs-node 4.22.0, CPU', library: 'tensorflow' } as const;
    expect(runGap(buildManifest(), tfjsNode)!.baseline).toBe('tfjs-node 4.22.0, CPU, given 2 threads');
  });

  test('is not widened by what slowed both down at a time', () => {
    const slowed = [1, 1.5, 2, 1, 1.5, 2].map((factor) => ({ browserMs: [60 * factor], nativeMs: [20 * factor] }));
    const found = runGap(withRounds(slowed), baseline)!;
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
    expect(runGap(withRounds(rounds), baseline)!.ratio).toBeCloseTo(3, 9);
    expect(runGap(withRounds(rounds), baseline)!.nativeSamplesMs).toEqual([20]);
  });

  test('averages processes, each with its own luck, and its interval is that of another process', () => {
    const lucky = [0.97, 1, 1.03, 1].map((factor, replicate) => ({ replicate, browserMs: [60 * factor], nativeMs: [20] }));
    const found = runGap(withRounds(lucky), baseline)!;
    expect(found.ratio).toBeCloseTo(3, 2);
    // Student's interval of four values with a standard deviation of 2.4 %: ± 3.9 %.
    expect(found.ratioCi95[1] / found.ratio).toBeCloseTo(1.039, 2);
  });

  test('is null without a baseline, and where no round ran both', () => {
    expect(runGap(buildManifest(), null)).toBeNull();
    expect(runGap(withRounds([{ browserMs: [60], nativeMs: [] }]), baseline)).toBeNull();
    expect(runGap(withRounds([]), baseline)).toBeNull();
  });
});

describe('beside the gap', () => {
  const rounds = Array.from({ length: 5 }, () => ({ browserMs: [60], nativeMs: [20], tfjsNodeMs: [40] }));
  const done = { tfjsNode: { outcome: 'done', detail: 'tfjs-node 4.22.0, CPU' } } as const;
  const ran = (ladder: Manifest['ladder'] = null) => ({ ...withRounds(rounds), collectors: done, ladder });

  test('stands tfjs-node, with its own ratio from the rounds, and the gap stays what it was', () => {
    const { others, ...found } = runGap(ran(), baseline)!;
    const { others: none, ...alone } = runGap(withRounds(rounds.map(({ tfjsNodeMs: _, ...round }) => round)), baseline)!;
    expect([found, none]).toEqual([alone, []]);
    expect(others).toHaveLength(1);
    expect(others[0]).toMatchObject({ baseline: 'tfjs-node 4.22.0, CPU, given 2 threads', nativeMs: 40 });
    expect(others[0]!.ratio).toBeCloseTo(1.5, 9);
    for (const bound of others[0]!.ratioCi95) expect(bound).toBeCloseTo(1.5, 9);
  });

  test('it stands with a ladder too, from the timing pass', () => {
    expect(runGap(ran(buildLadder()), baseline)!.others.slice(1)).toEqual(runGap(ran(), baseline)!.others);
  });

  test('it stands if it failed later on, from the rounds before', () => {
    const failed = { tfjsNode: { outcome: 'failed', detail: 'gone' } } as const;
    const { others } = runGap(
      { ...withRounds([...rounds, { browserMs: [600], nativeMs: [200], tfjsNodeMs: [] }]), collectors: failed },
      baseline,
    )!;
    expect(others).toMatchObject([{ baseline: 'tfjs-node, CPU, given 2 threads', nativeMs: 40 }]);
    expect(others[0]!.ratio).toBeCloseTo(1.5, 9);
  });
});

describe('a ratio below 1', () => {
  const gap = (ratio: number, baseline: string) => ({ ratio, baseline });

  test('is said to be none, with why native is slower where that is known', () => {
    expect(ratioText(gap(0.125, 'onnxruntime-node 1.30.0, WebGPU (software: SwiftShader)'))).toBe(
      'browser over native: here native is slower, 8.00×, as it computes by software rendering',
    );
    expect(ratioText(gap(0.5, 'onnxruntime-node 1.30.0, CPU, 2 threads'))).toBe(
      'browser over native: here native is slower, 2.00×',
    );
  });

  test('is not spoken of where both take as long, or the browser longer', () => {
    for (const ratio of [0.99, 1, 4]) expect(ratioText(gap(ratio, 'any'))).toBe('browser over native');
  });
});

describe('gap with a ladder', () => {
  /** Latencies of which no two are alike, in so many replicates. */
  const wild = (seed: number, replicates: number) => {
    const next = random(seed);
    return buildManifest({
      ladder: buildLadder({ factors: Array.from({ length: replicates }, () => 1), latency: () => 10 + 90 * next() }),
    });
  };

  test('is that between native with as many threads as the page, as without a ladder, and the page as used', () => {
    const found = runGap(buildManifest({ ladder: buildLadder() }), baseline)!;
    expect(found).toMatchObject({ baseline: 'onnxruntime-node 1.30.0, CPU, 2 threads', nativeMs: 30 });
    expect(found.baseline).toBe(runGap(buildManifest(), baseline)!.baseline);
    expect(found.nativeSamplesMs).toHaveLength(18);
    const onGpu = { ...baseline, runtime: 'onnxruntime-node 1.30.0, WebGPU (hardware)', provider: 'webgpu' } as const;
    expect(runGap(buildManifest({ ladder: buildLadder() }), onGpu)!.baseline).toBe(onGpu.runtime);
    expect(found.ratio).toBeCloseTo(80 / 30, 9);
    for (const bound of found.ratioCi95) expect(bound).toBeCloseTo(80 / 30, 9);
  });

  test('has native with all cores beside it, under a name of its own', () => {
    const { others } = runGap(buildManifest({ ladder: buildLadder() }), baseline)!;
    expect(others).toMatchObject([{ baseline: 'onnxruntime-node 1.30.0, CPU, 4 threads (all cores)', nativeMs: 20 }]);
    expect(others[0]!.ratio).toBeCloseTo(4, 9);
    const rungs = buildLadder().rungs.slice(1);
    const alone = buildLadder({ rungs, latenciesMs: [30, 70, 73, 72, 80] });
    expect(runGap(buildManifest({ ladder: alone }), baseline)!.others).toEqual([]);
  });

  test.each([1, 2, 3, 6])('has effects that sum to the quoted latency less the native one: %i replicates', (replicates) => {
    for (let seed = 1; seed <= 30; seed++) {
      const manifest = wild(seed, replicates);
      const { prediction } = runLatency(manifest);
      const { nativeMs, ratio, ratioCi95, effects } = runGap(manifest, baseline)!;
      const sum = effects.reduce((total, { ms }) => total + ms, 0);
      expect(Math.abs(sum - (prediction!.medianMs - nativeMs))).toBeLessThan(1e-9);
      expect(ratio).toBeCloseTo(prediction!.medianMs / nativeMs, 9);
      expect(ratioCi95[0]).toBeLessThanOrEqual(ratio);
      expect(ratioCi95[1]).toBeGreaterThanOrEqual(ratio);
    }
  });

  test('quotes native set-up and warm-up as without one: medians over the processes', () => {
    const { timingPass } = buildManifest();
    const setups = [90, 40, 60].map((ms) => ({
      setupMs: 1,
      warmupMs: 1,
      settlingMs: [],
      nativeSetupMs: ms,
      nativeWarmupMs: ms / 2,
    }));
    for (const ladder of [null, buildLadder()]) {
      const found = runGap(buildManifest({ ladder, timingPass: { ...timingPass, setups } }), baseline);
      expect(found).toMatchObject({ nativeSetupMs: 60, nativeWarmupMs: 30 });
    }
  });

  test('that was stopped before its first replicate is that of the timing pass', () => {
    const ladder = { ...buildLadder(), replicates: [] };
    expect(runGap(buildManifest({ ladder }), baseline)).toEqual(runGap(buildManifest(), baseline));
    expect(runLatency(buildManifest({ ladder }))).toEqual(runLatency(buildManifest()));
  });
});

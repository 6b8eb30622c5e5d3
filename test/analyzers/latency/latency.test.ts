import { describe, expect, test } from 'vitest';
import { runLatency } from '../../../analyzers/latency/latency.js';
import { buildLadder } from '../buildLadder.js';
import { buildManifest } from '../buildManifest.js';

describe('latency', () => {
  test('is quoted from the timing pass, with that of the trace pass beside it', () => {
    const found = runLatency(buildManifest());
    expect(found).toMatchObject({
      setupMs: 300,
      warmupMs: 100,
      prediction: { medianMs: 60, ci95Ms: [60, 60], n: 12 },
      traced: { setupMs: 400, warmupMs: 150, prediction: { medianMs: 63, n: 12 } },
    });
    expect(found.observerEffect).toBeCloseTo(1.05, 9);
    expect(found.observerEffectCi95).toEqual([1.05, 1.05]);
  });

  test('has an interval as wide as rounds differ, not as iterations within a round do', () => {
    const rounds = (browserMs: number[][]) =>
      buildManifest({
        timingPass: {
          setupMs: 1,
          warmupMs: 1,
          setups: [],
          rounds: browserMs.map((ms) => ({ part: 'before', replicate: 0, browserMs: ms, nativeMs: [] })),
        },
      });
    const alike = runLatency(rounds(Array.from({ length: 6 }, () => [58, 60, 62]))).prediction!;
    expect(alike.ci95Ms).toEqual([60, 60]);
    const apart = runLatency(rounds([40, 50, 60, 70, 80, 90].map((ms) => [ms, ms, ms]))).prediction!;
    expect(apart.ci95Ms[1] - apart.ci95Ms[0]).toBeGreaterThan(20);
  });

  test('of several processes has the interval in which another process would fall', () => {
    const manifest = buildManifest({
      timingPass: {
        setupMs: 1,
        warmupMs: 1,
        setups: [],
        rounds: [58, 60, 62, 60].flatMap((ms, replicate) =>
          [1, 2, 3].map(() => ({ part: 'before' as const, replicate, browserMs: [ms, ms], nativeMs: [] })),
        ),
      },
    });
    const { prediction, observerEffect, observerEffectCi95 } = runLatency(manifest);
    expect(prediction).toMatchObject({ n: 24 });
    expect(prediction!.medianMs).toBeCloseTo(60, 1);
    // Standard deviation 2.7 %, four values: t = 3.182, 4.4 %; however many iterations each has.
    expect(prediction!.ci95Ms[1] / prediction!.medianMs).toBeCloseTo(1.044, 3);
    // The trace pass is one more process, so its own luck widens the interval further.
    expect(observerEffect).toBeCloseTo(1.05, 2);
    expect(observerEffectCi95![1] / observerEffect!).toBeGreaterThan(1 + 2.6 / 60);
  });

  test('tells how long the first prediction after the warm-up took, which does not count, in the process in the middle', () => {
    const setups = [[90, 60, 50], [110, 52], [300]].map((settlingMs) => ({
      setupMs: 1,
      warmupMs: 1,
      settlingMs,
      nativeSetupMs: null,
      nativeWarmupMs: null,
    }));
    const { settling, prediction } = runLatency(buildManifest({ timingPass: { ...buildManifest().timingPass, setups } }));
    expect(settling).toEqual({ firstMs: 110, predictions: 2 });
    expect(prediction).toMatchObject({ medianMs: 60, n: 12 });
  });

  test('is null where nothing was measured', () => {
    const empty = buildManifest({
      timingPass: {
        setupMs: null,
        warmupMs: null,
        setups: [],
        rounds: [{ part: 'before', replicate: 0, browserMs: [], nativeMs: [] }],
      },
      tracePass: { setupMs: null, warmupMs: null, settlingMs: [], iterationsMs: [] },
    });
    expect(runLatency(empty)).toEqual({
      setupMs: null,
      warmupMs: null,
      settling: null,
      prediction: null,
      modes: null,
      traced: { setupMs: null, warmupMs: null, prediction: null },
      observerEffect: null,
      observerEffectCi95: null,
    });
  });

  test('with a ladder is quoted from its top, and the observer effect from the timing pass still', () => {
    const found = runLatency(buildManifest({ ladder: buildLadder() }));
    expect(found.prediction).toMatchObject({ n: 18 });
    expect(found.prediction!.medianMs).toBeCloseTo(80, 9);
    // Of 79.2, 80 and 80.8: ± 4.303 · 1 % / √3
    expect(found.prediction!.ci95Ms[1] / 80).toBeCloseTo(1.025, 3);
    expect(found.observerEffect).toBeCloseTo(1.05, 9);
    expect(found.setupMs).toBe(300);
  });
});

import { expect, test } from 'vitest';
import { pageGap } from '../../../analyzers/gap/pageGap.js';
import type { Latency } from '../../../analyzers/latency/latency.js';
import type { Baseline } from '../../../src/bundle/manifest.js';
import { buildPageManifest } from '../../bundle/buildPageManifest.js';

const baseline: Baseline = {
  schema: 'inferscope.baseline/1',
  runtime: 'onnxruntime-node 1.30.0, CPU',
  provider: 'cpu',
  library: 'onnxruntime',
  cpuOperators: null,
  threads: 2,
  setupMs: 30,
  warmupMs: 12,
};
const rounds = [0, 1, 2, 3].map((replicate) => ({ replicate, ms: [9.9, 10, 10.1].map((ms) => ms + replicate / 10) }));
const named = buildPageManifest({ baseline: { model: 'det', sha256: 'a', threads: 2, seed: 1, rounds } });
const measured = { prediction: { medianMs: 40, ci95Ms: [38, 43], n: 30, samplesMs: [] } } as unknown as Latency;

test('a page over the model that its author named has an interval as wide as both measurements allow', () => {
  const gap = pageGap(named, baseline, measured)!;
  expect(gap.nativeMs).toBeCloseTo(10.15);
  expect(gap.ratio).toBeCloseTo(40 / 10.15);
  const [low, high] = gap.ratioCi95;
  // Wider than either alone.
  expect(low).toBeLessThan(38 / 10.15);
  expect(high).toBeGreaterThan(43 / 10.15);
  expect(low).toBeGreaterThan(38 / gap.nativeCi95Ms[1]);
  expect(high).toBeLessThan(43 / gap.nativeCi95Ms[0]);
  expect(gap).toMatchObject({ baseline: 'onnxruntime-node 1.30.0, CPU, 2 threads', nativeSetupMs: 30, effects: [] });
  expect(gap.nativeSamplesMs).toHaveLength(12);
});

test('without the model, or without an inference, there is no gap', () => {
  expect(pageGap(buildPageManifest(), null, measured)).toBeNull();
  expect(pageGap(named, baseline, null)).toBeNull();
});

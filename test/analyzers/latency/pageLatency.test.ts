import { expect, test } from 'vitest';
import type { FoundWindows } from '../../../analyzers/activity/window.js';
import { pageLatency } from '../../../analyzers/latency/pageLatency.js';
import { buildPageManifest } from '../../bundle/buildPageManifest.js';

const found = (lengthsMs: readonly number[]) =>
  ({
    windows: lengthsMs.map((ms, i) => ({ thread: 0, startUs: i * 1e6, endUs: i * 1e6 + ms * 1000, offCpuUs: 0 })),
    setup: null,
    warmup: null,
    leading: [],
  }) as unknown as FoundWindows;
const about = buildPageManifest().page;
const measuredBefore = (unrecordedMs: number[]) => buildPageManifest({ page: { ...about, unrecordedMs } });
const ms = (of: number, count = 12) => Array.from({ length: count }, (_, i) => of * (1 + (i % 3) / 100));

test('what recording costs is the median of the recorded inferences over those that the page had measured before', () => {
  const { observerEffect, observerEffectCi95 } = pageLatency(found(ms(22)), measuredBefore(ms(20)))!;
  expect(observerEffect).toBeCloseTo(1.1, 5);
  expect(observerEffectCi95![0]).toBeLessThanOrEqual(1.1);
  expect(observerEffectCi95![1]).toBeGreaterThanOrEqual(1.1);
});

test('it is not told by a few', () => {
  expect(pageLatency(found(ms(22)), measuredBefore(ms(20, 4)))).toMatchObject({ observerEffect: null, observerEffectCi95: null });
  expect(pageLatency(found([]), measuredBefore(ms(20)))).toBeNull();
});

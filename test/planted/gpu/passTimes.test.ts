import { mean } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { deviceClock } from '../../../analyzers/activity/gpu/deviceClock.js';
import { gpuRealms } from '../../../analyzers/activity/gpu/realm.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import type { FrameworkId } from '../../../collectors/frameworks.js';
import { expectWhole } from '../finding.js';
import { byParity, calmest, difference, known } from '../movement.js';
import type { Recorded } from '../record.js';
import { recordPlan } from '../recordPlan.js';
import { scheduledMs } from '../scheduledMs.js';
import { passTimes } from './passTimes.js';
import { recordTwice } from './recordTwice.js';

const ITERATIONS = 60;

/** What the device is said to have computed for a window lies in it, and is no longer than it. */
function expectInside(recorded: Recorded): void {
  expectWhole(recorded);
  const [realm] = gpuRealms(recorded.input.trace!, recorded.input.gpu!);
  const errorMs = (deviceClock(realm!)!.errorUs ?? 0) / 1000;
  const times = passTimes(recorded);
  recorded.split.windows.forEach(({ window }, i) => {
    const { passesMs, sumMs, afterStartMs, beforeEndMs } = times[i]!;
    expect(passesMs.length).toBeGreaterThan(0);
    expect(sumMs).toBeLessThan((window.endUs - window.startUs) / 1000);
    expect(afterStartMs).toBeGreaterThan(-errorMs);
    expect(beforeEndMs).toBeGreaterThan(-errorMs);
  });
}

/**
 * The sum of all passes, each by the fastest quarter of the windows: a device that computes on the cores of all programs is only ever
 * made slower by them, the framework's own thread among them, and not in every window in the same pass.
 */
function calmSumMs(windows: readonly (readonly number[])[]): number {
  return windows[0]!.reduce((sum, _, pass) => {
    const fastest = windows.map((passesMs) => passesMs[pass]!).sort((a, b) => a - b);
    return sum + mean(fastest.slice(0, Math.ceil(fastest.length / 4)));
  }, 0);
}

/** The times of passes that the hook has the device write down. */
describe.skipIf(!findBrowser())('times of WebGPU passes (skipped without a browser: trace doctor --fix)', () => {
  test('on a page of ours lie in the window, and grow by the time that extra work takes by the page’s clock', async () => {
    const plan = { backend: 'webgpu', plant: 'longDispatch', amount: 20, iterations: ITERATIONS } as const;
    const recorded = await recordPlan(plan, { on: 'worker', v8Flags: [] });
    expectInside(recorded);
    const waited = scheduledMs(recorded, 'waitedUs', 'everyone');
    const groups = calmest(known(byParity(ITERATIONS), waited), waited);
    const times = passTimes(recorded);
    const plantedMs = difference(recorded.measuredMs, groups);
    const foundMs = difference(
      times.map(({ sumMs }) => sumMs),
      groups,
    );
    console.log(`planted ${plantedMs.toFixed(2)} ms, passes ${foundMs.toFixed(2)} ms longer`);
    for (const i of groups.planted) expect(times[i]!.passesMs).toHaveLength(times[groups.plain[0]!]!.passesMs.length + 1);
    expect(Math.abs(foundMs - plantedMs)).toBeLessThan(Math.max(1, 0.1 * plantedMs));
  });

  test.each<FrameworkId>(['ort', 'tfjs'])(
    'in %s lie in the window, and are twice as much where it predicts twice',
    async (framework) => {
      const recorded = await recordTwice(framework, 'tiny-operators', ITERATIONS);
      expectInside(recorded);
      const { planted, plain } = byParity(ITERATIONS);
      const times = passTimes(recorded);
      const passes = times[0]!.passesMs.length;
      for (const i of plain) expect(times[i]!.passesMs).toHaveLength(passes);
      for (const i of planted) expect(times[i]!.passesMs).toHaveLength(2 * passes);
      const msOf = (group: readonly number[]): number => calmSumMs(group.map((i) => times[i]!.passesMs));
      const ratio = msOf(planted) / msOf(plain);
      console.log(`${framework}: ${passes} passes, ${msOf(plain).toFixed(2)} ms; twice: × ${ratio.toFixed(3)}`);
      expect(Math.abs(ratio - 2)).toBeLessThan(0.2);
    },
  );
});

import { expect, test } from 'vitest';
import { deviceClock } from '../../../../analyzers/activity/gpu/deviceClock.js';
import { buildGpuLog } from '../../gpu/buildGpuLog.js';

/** Submitted at 10 ms, back at 13 ms; the device computed for 1 ms in between, by a clock that is `aheadUs` ahead of the trace's. */
function realm(aheadUs: number) {
  const log = buildGpuLog({
    calls: [
      { name: 'queue.submit', atMs: 10, tookMs: 0.1 },
      { name: 'mapAsync(READ)', atMs: 10.2, tookMs: 0, doneMs: 13 },
    ],
    passes: [{ call: 0, startUs: 11_000 + aheadUs, durationUs: 1000 }],
  });
  return { log, thread: 0, toTraceUs: (ms: number) => ms * 1000 };
}

test('clocks that may be one are taken for one, with how far they may be apart', () => {
  const { offsetUs, errorUs } = deviceClock(realm(0))!;
  expect(offsetUs).toBe(0);
  expect(errorUs).toBeCloseTo(1005);
});

test('clocks that differ are brought together by what must come before and after a pass', () => {
  const { offsetUs, errorUs } = deviceClock(realm(5_000_000))!;
  expect(Math.abs(offsetUs + 5_000_000)).toBeLessThanOrEqual(errorUs!);
  expect(errorUs).toBeCloseTo(1005);
});

test('without anything read back only the order is known', () => {
  const log = buildGpuLog({
    calls: [{ name: 'queue.submit', atMs: 10, tookMs: 0.1 }],
    passes: [{ call: 0, startUs: 11_000, durationUs: 1000 }],
  });
  expect(deviceClock({ log, thread: 0, toTraceUs: (ms) => ms * 1000 })).toMatchObject({ errorUs: null });
});

test('a log without timed passes says nothing', () => {
  expect(deviceClock({ log: buildGpuLog({}), thread: 0, toTraceUs: (ms) => ms * 1000 })).toBeNull();
});

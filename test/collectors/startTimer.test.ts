import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { waitForEnd } from '../../collectors/page/waitForEnd.js';
import { startTimer } from '../../collectors/startTimer.js';
import { within } from '../../collectors/within.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A hundred days: more than four times what a timer can wait. */
const LONG_MS = 100 * 24 * 3_600_000;

test('a time that is longer than a timer can be is waited for, and not a millisecond less', () => {
  const fired = vi.fn();
  startTimer(LONG_MS, fired);
  vi.advanceTimersByTime(LONG_MS - 1);
  expect(fired).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(fired).toHaveBeenCalledOnce();
});

test('it can be ended at any time', () => {
  const fired = vi.fn();
  const end = startTimer(LONG_MS, fired);
  vi.advanceTimersByTime(LONG_MS / 2);
  end();
  vi.advanceTimersByTime(LONG_MS);
  expect(fired).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

test('what is waited for that long is not over at once', async () => {
  const seen = vi.fn();
  const never = new Promise<never>(() => {});
  // As for 200,000 predictions.
  within(20_000 * 5 * 60_000, never).catch(seen);
  const { signal } = new AbortController();
  const end = { durationMs: LONG_MS, awaited: null, durationGiven: true };
  waitForEnd(end, { stopped: signal, finished: signal, gone: never, seen: never }).then(seen);
  await vi.advanceTimersByTimeAsync(24 * 3_600_000);
  expect(seen).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(seen).toHaveBeenCalledTimes(2);
  expect(vi.getTimerCount()).toBe(0);
});

import { expect, test } from 'vitest';
import { endOf, waitForEnd } from '../../../collectors/page/waitForEnd.js';

const quiet = () => ({
  stopped: new AbortController().signal,
  finished: new AbortController().signal,
  gone: new Promise<string>(() => {}),
  seen: new Promise<void>(() => {}),
});
const seconds = { durationMs: 20, awaited: null, durationGiven: true };

test('ends after its time', async () => {
  expect(await waitForEnd(seconds, quiet())).toEqual({ ended: 'after 0.02 s', reason: null });
});

test('is not what was asked for if it waited in vain, unless the user gave the time', async () => {
  const awaited = 'when “ready” is seen';
  expect((await waitForEnd({ ...seconds, awaited, durationGiven: false }, quiet())).reason).toContain(awaited);
  expect((await waitForEnd({ ...seconds, awaited }, quiet())).reason).toBeNull();
});

test('ends by the user as complete, and by Ctrl-C or without its page as incomplete, also if that was so before', async () => {
  const long = { ...seconds, durationMs: null };
  expect(await waitForEnd(long, { ...quiet(), finished: AbortSignal.abort('by a key') })).toEqual({
    ended: 'by a key',
    reason: null,
  });
  expect(await waitForEnd(long, { ...quiet(), stopped: AbortSignal.abort('SIGINT') })).toEqual({
    ended: 'by SIGINT',
    reason: 'stopped by SIGINT',
  });
  expect(await waitForEnd(long, { ...quiet(), gone: Promise.resolve('the tab was closed') })).toEqual({
    ended: 'the tab was closed',
    reason: 'Recording ended early: the tab was closed.',
  });
});

test('says before what it is to end with', () => {
  expect(endOf(seconds)).toBe('after 0.02 s');
  expect(endOf({ durationMs: null, awaited: null, durationGiven: false })).toBe('by the user');
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepAsking, signsOfLife, whileProgress } from '../../collectors/whileProgress.js';
import { LimitError } from '../../collectors/within.js';

const never = new Promise<never>(() => {});
const LIMITS = { what: 'The answer', silenceMs: 5000, capMs: 120_000 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What became of a promise so far. */
function watch(promise: Promise<unknown>): { state: string; error: unknown } {
  const seen = { state: 'waiting', error: null as unknown };
  promise.then(
    () => {
      seen.state = 'done';
    },
    (error: unknown) => {
      seen.state = 'failed';
      seen.error = error;
    },
  );
  return seen;
}

test('hands on what came, result and error, and leaves no timer', async () => {
  const wait = whileProgress(LIMITS);
  expect(await wait(Promise.resolve(7))).toBe(7);
  await expect(wait(Promise.reject(new Error('no such page')))).rejects.toThrow('no such page');
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(0);
});

test('a silence ends the wait, and the error names what was waited for and how long', async () => {
  const seen = watch(whileProgress(LIMITS)(never));
  await vi.advanceTimersByTimeAsync(4900);
  expect(seen.state).toBe('waiting');
  await vi.advanceTimersByTimeAsync(100);
  expect(seen.error).toBeInstanceOf(LimitError);
  expect((seen.error as Error).message).toBe('The answer: no sign of life for 5 s');
});

test('signs of life go on with it, up to a cap that the error names', async () => {
  const signs = signsOfLife();
  const ticking = setInterval(signs.tell, 3000);
  const seen = watch(whileProgress(LIMITS, signs)(never));
  await vi.advanceTimersByTimeAsync(119_000);
  expect(seen.state).toBe('waiting');
  await vi.advanceTimersByTimeAsync(1000);
  expect((seen.error as Error).message).toBe('The answer: not there after 2 min, the longest that is waited');
  clearInterval(ticking);
});

test('all waits share the cap', async () => {
  const wait = whileProgress({ ...LIMITS, silenceMs: 100_000 });
  const part = wait(new Promise((resolve) => setTimeout(resolve, 90_000)));
  await vi.advanceTimersByTimeAsync(90_000);
  await part;
  const seen = watch(wait(never));
  await vi.advanceTimersByTimeAsync(30_000);
  expect((seen.error as Error).message).toContain('2 min');
});

test('each of several that answers is a sign for those that do not yet', async () => {
  const wait = whileProgress(LIMITS);
  const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const seen = [4000, 8000, 12_000].map((ms) => watch(wait(after(ms))));
  const silent = watch(wait(never));
  await vi.advanceTimersByTimeAsync(16_000);
  expect(seen.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  expect(silent.state).toBe('waiting');
  await vi.advanceTimersByTimeAsync(2000);
  expect(silent.state).toBe('failed');
});

test('a silence counts only as far as the witness answers: where the whole machine is slow, it is waited', async () => {
  const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 9500));
  const seen = watch(whileProgress({ ...LIMITS, witness: slow })(never));
  await vi.advanceTimersByTimeAsync(95_000);
  expect(seen.state).toBe('waiting');
  await vi.advanceTimersByTimeAsync(5000);
  expect((seen.error as Error).message).toBe('The answer: no sign of life for 5 s, while the browser answered');

  const mute = watch(whileProgress({ ...LIMITS, witness: () => never })(never));
  await vi.advanceTimersByTimeAsync(119_000);
  expect(mute.state).toBe('waiting');
  await vi.advanceTimersByTimeAsync(1000);
  expect((mute.error as Error).message).toContain('the longest that is waited');
});

test('a witness that is gone holds nothing up', async () => {
  const seen = watch(whileProgress({ ...LIMITS, witness: () => Promise.reject(new Error('closed')) })(never));
  await vi.advanceTimersByTimeAsync(5000);
  expect(seen.state).toBe('failed');
});

test('a question is asked again only once it was answered, and no more at the end', async () => {
  const signs = signsOfLife();
  let asked = 0;
  let answer = (): void => {};
  const stop = keepAsking(() => {
    asked++;
    return new Promise<void>((resolve) => {
      answer = resolve;
    });
  }, signs);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([asked, signs.count()]).toEqual([1, 0]);
  answer();
  await vi.advanceTimersByTimeAsync(1000);
  expect([asked, signs.count()]).toEqual([2, 1]);
  answer();
  stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toBe(2);
  expect(vi.getTimerCount()).toBe(0);
});

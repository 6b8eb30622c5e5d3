import { startTimer } from './startTimer.js';

/** A wait reached its limit. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
}

/** Waits for work, at most `limitMs` by the clock. `whileProgress` goes by signs of life. @throws LimitError when the limit is reached */
export function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let end = (): void => {};
  const limit = new Promise<never>((_, reject) => {
    end = startTimer(limitMs, () => reject(new LimitError(`not done within ${limitMs / 1000} s`)));
  });
  return Promise.race([work, limit]).finally(() => end());
}

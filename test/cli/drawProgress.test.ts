import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drawProgress } from '../../src/cli/drawProgress.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A log file, and what was written into it. */
function logFile() {
  let text = '';
  const stream = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  return { stream: stream as unknown as NodeJS.WriteStream, lines: () => text.split('\n').slice(0, -1) };
}

test('a log has a line when a step begins, and every ten seconds how far it is and how long the rest takes', async () => {
  const { stream, lines } = logFile();
  const progress = await drawProgress({ stream });
  progress.step('Step 1 of 2: Tracing');
  vi.advanceTimersByTime(9_000);
  progress.advance(0.25, '9 of 36 predictions');
  vi.advanceTimersByTime(11_000);
  progress.advance(0.5, '18 of 36 predictions');
  vi.advanceTimersByTime(1_000);
  progress.advance(0.6, '20 of 36 predictions');
  progress.note('A note.');
  expect(lines()).toEqual(['Step 1 of 2: Tracing', '  50 %, 18 of 36 predictions, about 20 s left', '  A note.']);
});

test('what says itself how long is left is taken at its word, and with no share done nothing is promised', async () => {
  const { stream, lines } = logFile();
  const progress = await drawProgress({ stream });
  progress.step('Ladder');
  vi.advanceTimersByTime(20_000);
  progress.advance(0.5, 'round 2, 40 s left');
  vi.advanceTimersByTime(20_000);
  progress.advance(null, 'waiting');
  expect(lines()).toEqual(['Ladder', '  50 %, round 2, 40 s left', '  waiting']);
});

test('nothing is drawn where that is not wanted', async () => {
  const { stream, lines } = logFile();
  const progress = await drawProgress({ stream, quiet: true });
  progress.step('Tracing');
  progress.note('A note.');
  progress.end(true);
  expect(lines()).toEqual([]);
});

import { expect, test } from 'vitest';
import { placed } from '../../../collectors/page/countReading.js';

const readingAt = (ms: number, realm = 'page') => ({ atMs: new Map([[realm, ms]]), counters: new Map(), threads: new Map() });
/** Each of 4 ms, ten apart. */
const inferences = [0, 10, 20, 30, 40].map((startMs) => ({ realm: 'page', startMs, endMs: startMs + 4 }));
const placedAt = (readings: ReturnType<typeof readingAt>[], atLeast = 2) =>
  placed(readings, inferences, atLeast).map(({ inferences: before, atMs }) => [atMs.get('page'), before]);

test('a reading is placed behind the inferences that ended before it', () => {
  expect(placedAt([readingAt(14), readingAt(28), readingAt(46)])).toEqual([
    [14, 2],
    [28, 3],
    [46, 5],
  ]);
});

test('a reading within an inference, or with none since the one before, is left out', () => {
  expect(placedAt([readingAt(15), readingAt(18), readingAt(22), readingAt(24), readingAt(37)])).toEqual([
    [15, 2],
    [24, 3],
    [37, 4],
  ]);
});

test('the first inferences warm up', () => {
  expect(placedAt([readingAt(5), readingAt(15), readingAt(25)], 3)).toEqual([[25, 3]]);
});

test('where the thread that infers did not answer, nothing is placed', () => {
  expect(placedAt([readingAt(25, 'worker')])).toEqual([]);
  expect(placed([readingAt(25)], [], 1)).toEqual([]);
});

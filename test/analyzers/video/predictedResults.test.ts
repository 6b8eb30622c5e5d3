import { expect, test } from 'vitest';
import { predictedResults } from '../../../analyzers/video/predictedResults.js';

/** Ten frames, one every 40 ms. */
const video = { timesMs: Array.from({ length: 10 }, (_, i) => 40 * i), stretch: { first: 0, last: 9 } };

test('in a worker the next picture is that of the next frame after the result', () => {
  expect(predictedResults([100], 'worker', video)).toEqual([
    { frame: 0, readyMs: 100 },
    { frame: 3, readyMs: 220 },
    { frame: 6, readyMs: 340 },
    { frame: 9, readyMs: 460 },
  ]);
});

test('on the main thread it is that of the frame that is shown at the next vsync', () => {
  const [first, second, ...others] = predictedResults([90], 'main', video);
  expect(first).toEqual({ frame: 0, readyMs: 90 });
  // Frame 2 came at 80 ms; the page is told of it at 100 ms.
  expect(second!.frame).toBe(2);
  expect(second!.readyMs).toBeCloseTo(190, 9);
  expect(others[0]!.frame).toBe(5);
});

test('each picture is of a later frame, however short the inference, and latencies begin again', () => {
  for (const on of ['main', 'worker'] as const) {
    expect(predictedResults([1], on, video).map(({ frame }) => frame)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(predictedResults([1, 100], on, video).length).toBeLessThan(9);
  }
});

test('only the stretch that was played counts, and of nothing nothing is predicted', () => {
  const part = { ...video, stretch: { first: 4, last: 6 } };
  expect(predictedResults([10], 'worker', part).map(({ frame }) => frame)).toEqual([4, 5, 6]);
  expect(predictedResults([], 'worker', part)).toEqual([]);
});

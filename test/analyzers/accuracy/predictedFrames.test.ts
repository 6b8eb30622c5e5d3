import { describe, expect, test } from 'vitest';
import { predictedFrames } from '../../../analyzers/accuracy/predictedFrames.js';

const pairs = (...given: Parameters<typeof predictedFrames>) =>
  predictedFrames(...given).map(({ frame, pictureOf }) => [frame, pictureOf]);

describe('frames by the latencies alone', () => {
  test('show the result of a picture from the first frame after it is there, until the next one', () => {
    // Ready at 50 ms, so shown at 67 ms, when the next picture is taken.
    expect(pairs([50], 'worker', 7)).toEqual([
      [2, 0],
      [3, 0],
      [4, 2],
      [5, 2],
      [6, 4],
    ]);
  });

  test('are drawn late on the main thread, which draws none while the detector works', () => {
    // Free at 50 ms, when frame 1 should long be there, and at 100 ms, when frame 3 is due.
    expect(pairs([50], 'main', 5)).toEqual([
      [1, 0],
      [2, 0],
      [3, 1],
      [4, 3],
    ]);
  });

  test('on the main thread wait for the next vsync after the detector', () => {
    for (const latencyMs of [35, 42, 50]) expect(pairs([latencyMs], 'main', 30)).toEqual(pairs([50], 'main', 30));
    expect(pairs([51], 'main', 30)).not.toEqual(pairs([50], 'main', 30));
  });

  test('follow each latency in turn, from the first one again', () => {
    expect(pairs([10, 70], 'worker', 9)).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
      [4, 1],
      [5, 4],
      [6, 4],
      [7, 4],
      [8, 5],
    ]);
  });

  test('are none where no result comes in time, or none is known of', () => {
    expect(predictedFrames([1000], 'worker', 30)).toEqual([]);
    expect(predictedFrames([], 'main', 30)).toEqual([]);
  });
});

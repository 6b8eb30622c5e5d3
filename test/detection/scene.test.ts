import { describe, expect, test } from 'vitest';
import { averagePrecision, rankDetections } from '../../src/detection/averagePrecision.js';
import { intersectionOverUnion } from '../../src/detection/box.js';
import { FRAMES_PER_SECOND, LINE_COUNT, lineBoxes, SCENE_SIZE, WAY_PX, wayOf } from '../../src/detection/scene.js';
import { sizes } from './sizes.js';

const paths = Array.from({ length: 2 * WAY_PX }, (_, pathPx) => pathPx);

describe('the lines of text', () => {
  test('stay in the picture, and their boxes never touch, in a wide font too', () => {
    for (const wide of [1, 1.25]) {
      const large = sizes.map(({ widthPx, ascentPx, descentPx }) => ({ widthPx: wide * widthPx, ascentPx, descentPx }));
      for (const pathPx of paths) {
        const boxes = lineBoxes(pathPx, large);
        for (const [left, top, right, bottom] of boxes) {
          expect(Math.min(left, top, SCENE_SIZE.width - right, SCENE_SIZE.height - bottom)).toBeGreaterThan(0);
        }
        boxes.forEach((box, i) => {
          for (const other of boxes.slice(i + 1)) expect(intersectionOverUnion(box, other)).toBe(0);
        });
      }
    }
  });

  test('all move as far as the path is long, whatever their direction', () => {
    const [before, after] = [lineBoxes(10, sizes), lineBoxes(17, sizes)];
    expect(before).toHaveLength(LINE_COUNT);
    before.forEach(([left, top], i) => {
      expect(Math.hypot(after[i]![0] - left, after[i]![1] - top)).toBeCloseTo(7, 9);
    });
  });

  test('come back the same way', () => {
    expect([0, WAY_PX / 2, WAY_PX, WAY_PX + 10, 2 * WAY_PX, -10].map(wayOf)).toEqual([0, WAY_PX / 2, WAY_PX, WAY_PX - 10, 0, 10]);
    expect(lineBoxes(WAY_PX + 3, sizes)).toEqual(lineBoxes(WAY_PX - 3, sizes));
  });
});

describe('labels that come late', () => {
  /** AP@.5 of a detector without any fault, at a speed and staleness, over as many frames as a way there and back takes. */
  const late = (speedPxPerS: number, stalenessMs: number): number => {
    const frames = Array.from({ length: Math.round((2 * WAY_PX * FRAMES_PER_SECOND) / speedPxPerS) }, (_, i) => i);
    const pictures = frames.map((frame) => {
      const pathPx = (frame * speedPxPerS) / FRAMES_PER_SECOND;
      const found = lineBoxes(pathPx - (speedPxPerS * stalenessMs) / 1000, sizes).map((box) => ({ box, score: 1 }));
      return { labels: lineBoxes(pathPx, sizes), found };
    });
    return averagePrecision(rankDetections(pictures), 0.5)!;
  };

  test.each([5, 8, 12, 16, 24])('are as wrong at double the speed and half the staleness, moved by %d px', (shiftPx) => {
    const [slow, middle, fast] = [60, 120, 240].map((speed) => late(speed, (1000 * shiftPx) / speed));
    // At another speed other frames are near the turns.
    expect(Math.abs(slow! - middle!)).toBeLessThan(0.07);
    expect(Math.abs(middle! - fast!)).toBeLessThan(0.07);
  });

  test('are right up to where two boxes of a line cover each other by two thirds, and hardly ever after that', () => {
    // The union is 2 − o of a box where they overlap by o, and o is half of that at two thirds.
    const overlap = (line: number, shiftPx: number): number => {
      const [before, after] = [lineBoxes(10, sizes)[line]!, lineBoxes(10 + shiftPx, sizes)[line]!];
      const { widthPx, ascentPx, descentPx } = sizes[line]!;
      const [x, y] = [Math.abs(after[0] - before[0]) / widthPx, Math.abs(after[1] - before[1]) / (ascentPx + descentPx)];
      return (1 - x) * (1 - y);
    };
    const cliffs = sizes.map((_, line) => paths.slice(1, WAY_PX / 2).find((shiftPx) => overlap(line, shiftPx) < 2 / 3)!);
    expect(late(60, (1000 * (Math.min(...cliffs) - 1)) / 60)).toBe(1);
    expect(late(60, (1000 * (Math.max(...cliffs) + 4)) / 60)).toBeLessThan(0.25);
  });
});

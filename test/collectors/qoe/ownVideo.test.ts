import { describe, expect, test } from 'vitest';
import { categoriesOfClasses, type OwnVideo, requireMatch, stretchOf, taskFrames } from '../../../collectors/qoe/ownVideo.js';
import { readCocoLabels } from '../../../src/detection/cocoLabels.js';
import type { Detects } from '../../../src/detection/detects.js';

interface Given {
  /** Per image its annotations: category and box. */
  readonly images: readonly (readonly (readonly [category: number, bbox?: readonly number[]])[])[];
  readonly indices?: readonly number[];
  readonly classes?: readonly (readonly [number, number])[];
}

const BOX = [10, 10, 20, 20];
const boxes: Detects = { what: 'boxes', pixels: '0..255', corners: 'xyxy', scale: 'pixels' };
const classes: Detects = { what: 'class', pixels: '0..1' };
const text: Detects = { what: 'text-lines', pixels: 'imagenet' };

function ownVideo({ images, indices, classes: pairs }: Given, detects = boxes): OwnVideo {
  const coco = {
    images: images.map((_, i) => ({ id: i, width: 100, height: 50, ...(indices && { frame_index: indices[i] }) })),
    annotations: images.flatMap((of, i) =>
      of.map(([category_id, bbox]) => ({ image_id: i, category_id, ...(bbox && { bbox }) })),
    ),
    categories: [
      { id: 3, name: 'dog' },
      { id: 8, name: 'cat' },
    ],
  };
  const labels = readCocoLabels(JSON.stringify(coco), 'labels.json');
  return { path: 'my.webm', labels, categoryOf: categoriesOfClasses(pairs ?? null, labels, detects) };
}

describe('the category of a class', () => {
  test('is by default the one at its place in the order of ids, or as the user says', () => {
    expect([...ownVideo({ images: [[]] }).categoryOf]).toEqual([
      [0, 3],
      [1, 8],
    ]);
    expect([...ownVideo({ images: [[]], classes: [[16, 8]] }).categoryOf]).toEqual([[16, 8]]);
  });

  test('that a text detector has is the only one that is annotated', () => {
    const video = ownVideo({ images: [[[8, BOX]], [[8, BOX]]] }, text);
    expect([...video.categoryOf]).toEqual([[0, 8]]);
    expect(taskFrames(video, text)).toHaveLength(2);
  });

  test('is refused where there is none of that id', () => {
    expect(() => ownVideo({ images: [[]], classes: [[0, 5]] })).toThrow(/labels\.json has no category 5.*3 \(dog\), 8 \(cat\)/);
  });
});

describe('labelled frames', () => {
  test('of a detector are all images, those too that show nothing', () => {
    const frames = taskFrames(ownVideo({ images: [[[3, BOX]], []] }), boxes);
    expect(frames.map(({ labels }) => labels.length)).toEqual([1, 0]);
  });

  test('of a classifier are those that have a class, for the whole picture', () => {
    const whole = [0, 0, 100, 50];
    const frames = taskFrames(ownVideo({ images: [[[3]], [], [[8, whole]], [[8], [8, whole]]] }), classes);
    expect(frames.map(({ frame }) => frame)).toEqual([0, 2, 3]);
    for (const { labels } of frames) expect(labels).toMatchObject([{ box: whole }]);
  });

  test.each<[string, Given, Detects, RegExp]>([
    ['no box for a detector', { images: [[[3, BOX]], [[3]]] }, boxes, /annotations\[1\] has no bbox/],
    ['nothing labelled', { images: [[], []] }, boxes, /no annotations/],
    [
      'a category that no class is',
      { images: [[[3, BOX]]], classes: [[0, 8]] },
      boxes,
      /category 3 \(dog\) has annotations, and no class.*class=3/,
    ],
    [
      'a part of the picture for a classifier',
      { images: [[[3, BOX]]] },
      classes,
      /annotations\[0\] has a box that is not the whole/,
    ],
    [
      'two classes of a picture',
      { images: [[[3], [8]]] },
      classes,
      /annotations\[1\] is of category 8, and annotations\[0\] says/,
    ],
    ['two kinds of text', { images: [[[3, BOX]], [[8, BOX]]] }, text, /one class, 0, .*category 8 \(cat\)/],
  ])('with %s are refused', (_, given, detects, message) => {
    expect(() => taskFrames(ownVideo(given, detects), detects)).toThrow(message);
  });
});

describe('labels are of this video', () => {
  const facts = { width: 100, height: 50, timesMs: [0, 40, 80] };
  const one = [[3, BOX]] as const;

  test('if all its frames are labelled, or frame_index says which are', () => {
    expect(() => requireMatch(ownVideo({ images: [one, [], one] }), facts)).not.toThrow();
    expect(() => requireMatch(ownVideo({ images: [one], indices: [2] }), facts)).not.toThrow();
  });

  test.each<[string, Given, object, RegExp]>([
    ['other size', { images: [one, one, one] }, { width: 200, height: 100 }, /100 × 50 px, and my\.webm is 200 × 100/],
    ['fewer frames', { images: [one] }, {}, /1 images, and my\.webm 3 frames.*frame_index/],
    ['more frames', { images: [one, one, one, one] }, {}, /4 images, and my\.webm 3 frames/],
    ['later frames', { images: [one, one], indices: [0, 3] }, {}, /images\[1\] is frame 3, and the last one of my\.webm is 2/],
    ['too many frames', { images: [one], indices: [0] }, { timesMs: new Array(60_000).fill(0) }, /60000 frames.*cut it/],
  ])('and refused if it has %s', (_, given, other, message) => {
    expect(() => requireMatch(ownVideo(given), { ...facts, ...other })).toThrow(message);
  });
});

test('what is played goes from the first labelled frame to the last one that there is time for', () => {
  const timesMs = Array.from({ length: 100 }, (_, i) => i * 40);
  const frames = taskFrames(ownVideo({ images: [[[3, BOX]], [], []], indices: [10, 20, 90] }), boxes);
  expect(stretchOf(frames, { width: 100, height: 50, timesMs }, 10_000)).toEqual({ first: 10, last: 90 });
  expect(stretchOf(frames, { width: 100, height: 50, timesMs }, 1000)).toEqual({ first: 10, last: 20 });
});

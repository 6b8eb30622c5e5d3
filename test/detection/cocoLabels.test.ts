import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LabelsError, readCocoLabels } from '../../src/detection/cocoLabels.js';

const image = (id: number, more: object = {}) => ({ id, width: 100, height: 50, file_name: `${id}.png`, ...more });
const annotation = (image_id: number, category_id: number, bbox?: readonly number[]) => ({
  image_id,
  category_id,
  ...(bbox && { bbox }),
});
const categories = [
  { id: 7, name: 'dog' },
  { id: 2, name: 'cat', supercategory: 'animal' },
];
const coco = {
  images: [image(11), image(10), image(12)],
  annotations: [annotation(10, 7, [1, 2, 10, 20]), annotation(12, 2), annotation(10, 2, [0, 0, 100.5, 50])],
  categories,
};
const read = (document: object) => readCocoLabels(JSON.stringify(document), 'labels.json');

test('labels are of frames in the order of the images’ ids, where none says which frame it is', () => {
  const { frames, numberedBy, categories: known, width, height } = read(coco);
  expect([numberedBy, width, height]).toEqual(['id', 100, 50]);
  expect(known.map(({ id }) => id)).toEqual([2, 7]);
  expect(frames.map(({ frame, place }) => [frame, place])).toEqual([
    [0, 'images[1]'],
    [1, 'images[0]'],
    [2, 'images[2]'],
  ]);
  expect(frames[0]!.labels).toEqual([
    { category: 7, box: [1, 2, 11, 22], place: 'annotations[0]' },
    { category: 2, box: [0, 0, 100.5, 50], place: 'annotations[2]' },
  ]);
  expect(frames[1]!.labels).toEqual([]);
  expect(frames[2]!.labels).toEqual([{ category: 2, box: null, place: 'annotations[1]' }]);
});

test('frame_index says which frame an image is, and frames between need no labels', () => {
  const images = [image(11, { frame_index: 30 }), image(10, { frame_index: 0 }), image(12, { frame_index: 4 })];
  const { frames, numberedBy } = read({ ...coco, images });
  expect(numberedBy).toBe('frame_index');
  expect(frames.map(({ frame, place }) => [frame, place])).toEqual([
    [0, 'images[1]'],
    [4, 'images[2]'],
    [30, 'images[0]'],
  ]);
});

const [first, ...others] = coco.images;
describe('labels that cannot be used are refused with their file and place', () => {
  test.each<[string, object, RegExp]>([
    ['no images', { ...coco, images: [] }, /not in COCO’s format: images/],
    ['no annotations', { images: coco.images, categories }, /annotations/],
    ['a list', [], /the whole/],
    ['a box of three numbers', { ...coco, annotations: [annotation(10, 7, [1, 2, 3])] }, /annotations\[0\]\.bbox/],
    [
      'text for a number',
      { ...coco, annotations: [annotation(10, 7), { image_id: 'x', category_id: 7 }] },
      /annotations\[1\]\.image_id/,
    ],
    [
      'an image that is not there',
      { ...coco, annotations: [annotation(99, 7)] },
      /annotations\[0\] is of image 99, which is not/,
    ],
    [
      'a category that is not there',
      { ...coco, annotations: [annotation(10, 3)] },
      /annotations\[0\] is of category 3, which is not/,
    ],
    ['a crowd', { ...coco, annotations: [{ ...annotation(10, 7), iscrowd: 1 }] }, /annotations\[0\] is a crowd/],
    [
      'a box beside the picture',
      { ...coco, annotations: [annotation(10, 7, [95, 0, 10, 10])] },
      /annotations\[0\].*95, 0, 10, 10.*100 × 50/,
    ],
    ['a box without area', { ...coco, annotations: [annotation(10, 7, [5, 5, 0, 10])] }, /annotations\[0\].*no area/],
    ['images of two sizes', { ...coco, images: [first, image(10, { width: 99 }), image(12)] }, /images\[1\] is 99 × 50 px/],
    ['an id twice', { ...coco, images: [first, ...others, first] }, /images\[3\] has the id 11/],
    ['a category twice', { ...coco, categories: [...categories, { id: 7, name: 'wolf' }] }, /two of them have the id 7/],
    [
      'frame_index here and there',
      { ...coco, images: [image(11, { frame_index: 1 }), image(10), image(12)] },
      /images\[1\] has no frame_index/,
    ],
    [
      'a frame twice',
      {
        ...coco,
        images: [11, 10, 12].map((id) => image(id, { frame_index: id === 10 ? 3 : id })).concat(image(13, { frame_index: 3 })),
      },
      /images\[1\] and images\[3\] are the same frame 3/,
    ],
  ])('%s', (_, document, message) => {
    expect(() => read(document)).toThrow(LabelsError);
    expect(() => read(document)).toThrow(message);
    expect(() => read(document)).toThrow(/^labels\.json/);
  });

  test('what is no JSON', () => {
    expect(() => readCocoLabels('{', 'labels.json')).toThrow(/labels\.json is not valid JSON/);
  });
});

const anyNumber = fc.oneof(fc.integer({ min: -2, max: 5 }), fc.double(), fc.constant(1e300));
const anyBox = fc.oneof(
  fc.array(anyNumber, { maxLength: 6 }),
  fc.tuple(anyNumber, anyNumber, anyNumber, anyNumber),
  fc.jsonValue(),
);
const hostile = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      images: fc.array(
        fc.record({ id: anyNumber, width: anyNumber, height: anyNumber, frame_index: anyNumber }, { requiredKeys: [] }),
      ),
      annotations: fc.array(
        fc.record({ image_id: anyNumber, category_id: anyNumber, bbox: anyBox, iscrowd: fc.jsonValue() }, { requiredKeys: [] }),
      ),
      categories: fc.array(fc.record({ id: anyNumber, name: fc.string() }, { requiredKeys: ['id'] })),
    },
    { requiredKeys: [] },
  ),
  // Sound but for the numbers.
  fc
    .array(fc.record({ image_id: fc.constantFrom(10, 11, 12, 13), category_id: fc.constantFrom(2, 7, 8), bbox: anyBox }))
    .map((annotations) => ({ ...coco, annotations })),
);

test('whatever a file holds, it is refused with a message or its boxes are inside of its pictures', () => {
  fc.assert(
    fc.property(hostile, (document) => {
      let labels: ReturnType<typeof readCocoLabels>;
      try {
        labels = readCocoLabels(JSON.stringify(document), 'labels.json');
      } catch (error) {
        expect(error).toBeInstanceOf(LabelsError);
        return;
      }
      expect(new Set(labels.frames.map(({ frame }) => frame)).size).toBe(labels.frames.length);
      for (const { box, category } of labels.frames.flatMap((frame) => frame.labels)) {
        expect(labels.categories.map(({ id }) => id)).toContain(category);
        if (!box) continue;
        expect(box[2] - box[0]).toBeGreaterThan(0);
        expect(box[2]).toBeLessThanOrEqual(labels.width + 1);
        expect(box[3]).toBeLessThanOrEqual(labels.height + 1);
      }
    }),
    { numRuns: 300 },
  );
});

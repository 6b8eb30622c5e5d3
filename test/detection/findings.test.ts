import { describe, expect, test } from 'vitest';
import { findings, type Output, requireFit } from '../../src/detection/findings.js';

const size = { width: 200, height: 100 };
const output = (name: string, shape: number[], data: Output['data'], type = 'float32'): Output => ({ name, type, shape, data });
const boxes = { what: 'boxes', pixels: '0..255', corners: 'xyxy', scale: 'pixels' } as const;
const classes = { what: 'class', pixels: '0..1' } as const;

describe('boxes', () => {
  test('of one output are its rows: four coordinates, a score and a class; surest first, those that are unsure left out', () => {
    const rows = output('detections', [1, 3, 6], [10, 20, 30, 40, 0.5, 2, 1, 2, 3, 4, 0.01, 0, 0, 0, 9, 9, 0.75, 1]);
    expect(findings([rows], boxes, size)).toEqual([
      { box: [0, 0, 9, 9], score: 0.75, classIndex: 1 },
      { box: [10, 20, 30, 40], score: 0.5, classIndex: 2 },
    ]);
  });

  test('may have their corners the other way round, as parts of the sides', () => {
    const rows = output('detections', [2, 6], [0.1, 0.2, 0.5, 0.6, 1, 0, 0, 0, 0, 0, 0, 0]);
    const relative = { ...boxes, corners: 'yxyx', scale: 'relative' } as const;
    expect(findings([rows], relative, size)).toEqual([{ box: [40, 10, 120, 50], score: 1, classIndex: 0 }]);
  });

  const three = (names: readonly string[], types = ['float32', 'float32', 'float32']) => [
    output(names[0]!, [1, 2, 4], [0, 0, 10, 10, 50, 50, 60, 60], types[0]),
    output(names[1]!, [1, 2], [0.9, 0.8], types[1]),
    output(names[2]!, [1, 2], types[2] === 'int64' ? [7n, 3n] : [7, 3], types[2]),
  ];
  test.each([
    ['names', three(['detection_boxes', 'detection_scores', 'detection_classes']).toReversed()],
    ['types', three(['a', 'b', 'c'], ['float32', 'float32', 'int64']).toReversed()],
    ['order', three(['a', 'b', 'c'])],
  ])('of three outputs are told apart by their %s, whatever else there is', (_, outputs) => {
    const others = [output('num_detections', [1], [2]), output('raw', [1, 8, 8, 4], new Float32Array(256))];
    expect(findings([...others, ...outputs], boxes, size)).toEqual([
      { box: [0, 0, 10, 10], score: 0.9, classIndex: 7 },
      { box: [50, 50, 60, 60], score: 0.8, classIndex: 3 },
    ]);
  });

  test('that are none are left out: without area, not finite, of a class below 0', () => {
    const rows = [
      [5, 5, 5, 9, 1, 0],
      [9, 9, 5, 5, 1, 0],
      [0, 0, Number.NaN, 9, 1, 0],
      [0, 0, Number.POSITIVE_INFINITY, 9, 1, 0],
      [0, 0, 9, 9, Number.NaN, 0],
      [0, 0, 9, 9, 1, -1],
      [0, 0, 9, 9, 1, Number.NaN],
    ];
    expect(findings([output('o', [1, rows.length, 6], rows.flat())], boxes, size)).toEqual([]);
    expect(findings([output('o', [1, 0, 6], [])], boxes, size)).toEqual([]);
  });

  test('are a hundred at most', () => {
    const rows = Array.from({ length: 150 }, (_, i) => [0, 0, 9, 9, 0.2 + i / 1000, i]);
    const found = findings([output('o', [1, 150, 6], rows.flat())], boxes, size);
    expect(found).toHaveLength(100);
    expect(found[0]!.classIndex).toBe(149);
  });
});

describe('a class', () => {
  test('is the one with the largest number, for the whole picture, as sure as its share', () => {
    const [found, ...others] = findings([output('logits', [1, 3], [0, Math.log(2), 0])], classes, size);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ box: [0, 0, 200, 100], classIndex: 1 });
    expect(found!.score).toBeCloseTo(0.5, 9);
  });

  test('keeps numbers that are shares already', () => {
    expect(findings([output('p', [1, 3, 1, 1], [0.2, 0.1, 0.7])], classes, size)[0]).toMatchObject({ classIndex: 2, score: 0.7 });
  });
});

test('text lines are the class 0', () => {
  const map = new Float32Array(200 * 100);
  for (let y = 20; y < 30; y++) map.fill(1, y * 200 + 20, y * 200 + 80);
  const found = findings([output('map', [1, 1, 100, 200], map)], { what: 'text-lines', pixels: 'imagenet' }, size);
  expect(found).toMatchObject([{ classIndex: 0, score: 1 }]);
});

test.each([
  ['boxes', [output('logits', [1, 1000], [])], /boxes.*They are logits: float32\[1, 1000\]/],
  ['boxes', [output('boxes', [1, 5, 4], []), output('scores', [1, 5], [])], /boxes/],
  ['boxes', [output('detections', [1, 5, 6], [], 'float16')], /float16/],
  ['boxes', [], /They are none/],
  ['class', [output('map', [1, 3, 20, 20], [])], /a class/],
  ['text-lines', [output('logits', [1, 10], [])], /text lines/],
] as const)('outputs that cannot be those of %s are refused, with what they are', (what, outputs, message) => {
  const asked = what === 'boxes' ? boxes : ({ what, pixels: '0..1' } as const);
  expect(() => findings(outputs, asked, size)).toThrow(message);
  expect(() => requireFit(outputs, asked)).toThrow(message);
});

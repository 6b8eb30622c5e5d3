import { expect, test } from 'vitest';
import { models } from '../../models/index.js';
import { isLarge } from './isLarge.js';
import { testWriting } from './testWriting.js';

test('names are unique and easy to type', () => {
  const names = models.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});

test('the real detector is the default', () => {
  expect(models[0]!.name).toBe('ppocr-det');
});

test('a model of each number of parameters that was published is there', () => {
  expect(Object.fromEntries(models.map(({ name, parameters }) => [name, parameters]))).toMatchObject({
    'mobilenet-v2': 3_504_872,
    resnet50: 25_557_032,
    vgg16: 138_357_544,
    'ssd-mobilenet-v2': 6_066_431,
    'efficientdet-d0': 3_880_067,
    yolov5s: 7_235_389,
    yolov5m: 21_190_557,
    mobilebert: 24_581_888,
    'small-bert': 28_763_648,
    'bert-base': 109_482_240,
  });
});

testWriting(models.filter((model) => !isLarge(model)));

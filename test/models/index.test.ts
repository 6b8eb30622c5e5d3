import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { bindShapes } from '../../models/bindShapes.js';
import { models } from '../../models/index.js';
import { readSignature } from '../../models/onnx/readSignature.js';
import { readModelJson } from '../../models/tfjs/readModelJson.js';
import { tried } from '../../models/tried.js';
import { elementCount } from '../../src/bundle/tensor.js';
import { temporaryFolder } from './temporaryFolder.js';

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

/** VGG16 and BERT base are half a gigabyte, in each format. */
const LARGE_MS = 300_000;

// One folder per model: a large one is written once.
test.each(models.map((model) => [model.name, model] as const))(
  '%s writes a file that has the parameters and inputs it is registered with, in every format, as large as when it was tried',
  async (_, model) => {
    const folder = await temporaryFolder();
    const file = await model.write(folder);
    const content = await readFile(file.path);
    expect(file.bytes).toBe(content.length);
    expect(file.name).toBe(model.name);
    const read = file.format === 'onnx' ? readSignature : readModelJson;
    expect(read(content, file.path).parameters).toBe(model.parameters);
    const specs = bindShapes(file, []);
    expect(Object.fromEntries(specs.map(({ name, shape }) => [name, shape]))).toEqual(model.defaultShapes);
    for (const { shape } of specs) expect(elementCount(shape)).toBeGreaterThan(0);
    for (const format of model.formats) {
      const { format: written, bytes, externalData } = await model.write(folder, format);
      expect(written).toBe(format);
      const wholeBytes = externalData.reduce((sum, data) => sum + data.bytes, bytes);
      expect(tried.models.find(({ name }) => name === model.name)?.bytes[format]).toBe(wholeBytes);
    }
  },
  LARGE_MS,
);

import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
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

describe.each(models.map((model) => [model.name, model] as const))('%s', (_, model) => {
  test('writes a file that has the parameters and inputs it is registered with', async () => {
    const file = await model.write(await temporaryFolder());
    const content = await readFile(file.path);
    expect(file.bytes).toBe(content.length);
    expect(file.name).toBe(model.name);
    const read = file.format === 'onnx' ? readSignature : readModelJson;
    expect(read(content, file.path).parameters).toBe(model.parameters);
    const specs = bindShapes(file, []);
    expect(Object.fromEntries(specs.map(({ name, shape }) => [name, shape]))).toEqual(model.defaultShapes);
    for (const { shape } of specs) expect(elementCount(shape)).toBeGreaterThan(0);
  });

  test('is written in every format that it is registered with, as large as when it was tried', async () => {
    const folder = await temporaryFolder();
    for (const format of model.formats) {
      const file = await model.write(folder, format);
      expect(file.format).toBe(format);
      const bytes = file.externalData.reduce((sum, data) => sum + data.bytes, file.bytes);
      expect(tried.models.find(({ name }) => name === model.name)?.bytes[format]).toBe(bytes);
    }
  });
});

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { bindShapes } from '../../models/bindShapes.js';
import type { Model } from '../../models/model.js';
import { readSignature } from '../../models/onnx/readSignature.js';
import { readModelJson } from '../../models/tfjs/readModelJson.js';
import { tried } from '../../models/tried.js';
import { elementCount } from '../../src/bundle/tensor.js';
import { temporaryFolder } from './temporaryFolder.js';

/** One test per model, with a folder of its own: a large one is written once. */
export function testWriting(models: readonly Model[]): void {
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
  );
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bindShapes } from '../../../models/bindShapes.js';
import { ModelError } from '../../../models/modelError.js';
import { parseShape } from '../../../models/parseShape.js';
import { readTfjsModelFile } from '../../../models/tfjs/readTfjsModelFile.js';
import { temporaryFolder } from '../temporaryFolder.js';

const facts = { name: 'mine', title: 'mine', defaultShapes: {} };

const dimensions = (...sizes: (number | string)[]) => ({ dim: sizes.map((size) => ({ size: String(size) })) });

/** What tensorflowjs_converter writes for a small classifier, as far as it matters here. */
function converted() {
  return {
    format: 'graph-model',
    generatedBy: '2.17.0',
    convertedBy: 'TensorFlow.js Converter v4.22.0',
    signature: {
      inputs: { image: { name: 'serving_default_image:0', dtype: 'DT_FLOAT', tensorShape: dimensions(-1, -1, -1, 3) } },
      outputs: { scores: { name: 'Identity:0', dtype: 'DT_FLOAT', tensorShape: dimensions(-1, 2) } },
    },
    modelTopology: {
      node: [
        { name: 'serving_default_image', op: 'Placeholder', attr: { dtype: { type: 'DT_FLOAT' } } },
        { name: 'weights', op: 'Const', attr: {} },
        { name: 'Identity', op: 'Identity', input: ['serving_default_image', '^weights'] },
      ],
      library: {},
      versions: { producer: 987 },
    },
    weightsManifest: [{ paths: ['shards/group1.bin'], weights: [{ name: 'weights', shape: [3, 2], dtype: 'float32' }] }],
  };
}

async function written(model: unknown, weightBytes = 24): Promise<string> {
  const folder = await temporaryFolder();
  const path = join(folder, 'model.json');
  await mkdir(join(folder, 'shards'));
  await writeFile(path, typeof model === 'string' ? model : JSON.stringify(model));
  await writeFile(join(folder, 'shards/group1.bin'), new Uint8Array(weightBytes));
  return path;
}

async function failure(path: string): Promise<ModelError> {
  const error = await readTfjsModelFile(path, facts, null).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ModelError);
  return error as ModelError;
}

test('names, shapes and weights are those of the signature', async () => {
  const path = await written(converted());
  const file = await readTfjsModelFile(path, facts, null);
  expect(file).toMatchObject({
    format: 'tfjs',
    path,
    twin: null,
    inputs: [{ name: 'image', type: 'float32', shape: ['batch', '?', '?', 3] }],
    outputs: [{ name: 'scores', type: 'float32', shape: ['batch', 2] }],
    externalData: [{ location: 'shards/group1.bin', bytes: 24 }],
  });
  expect(() => bindShapes(file, [])).toThrow('Give --input image=1xSIZExSIZEx3');
  expect(bindShapes(file, [parseShape('image=1x32x32x3')])[0]!.shape).toEqual([1, 32, 32, 3]);
});

test('without a signature, placeholders are the inputs and nodes that nobody uses the outputs', async () => {
  const { signature: _, ...model } = converted();
  const placeholder = model.modelTopology.node[0]!;
  placeholder.attr = { dtype: { type: 'DT_INT64' }, shape: { shape: dimensions(-1, 8) } } as never;
  const file = await readTfjsModelFile(await written(model), facts, null);
  expect(file.inputs).toEqual([{ name: 'serving_default_image', type: 'int32', shape: ['batch', 8] }]);
  expect(file.outputs).toEqual([{ name: 'Identity', type: 'float32', shape: null }]);
});

test('what the graph captures by itself is no input', async () => {
  const model = converted();
  Object.assign(model.signature.inputs, { table: { name: 'unknown:0', dtype: 'DT_RESOURCE', resourceId: 5 } });
  expect((await readTfjsModelFile(await written(model), facts, null)).inputs.map(({ name }) => name)).toEqual(['image']);
});

test.each([
  ['a layers model without layers', { format: 'layers-model', modelTopology: {}, weightsManifest: [] }, 'not-tfjs', 'layers'],
  ['other JSON', { name: 'package', version: '1.0.0' }, 'not-tfjs', 'at modelTopology'],
  ['a list', [], 'not-tfjs', 'not a TF.js model'],
  ['cut JSON', '{"format": "graph-mod', 'not-tfjs', 'not JSON'],
] as const)('%s is refused with what to do', async (_, content, code, message) => {
  const error = await failure(await written(content));
  expect(error.code).toBe(code);
  expect(error.message).toContain(message);
});

test('strings are no inputs', async () => {
  const model = converted();
  model.signature.inputs.image.dtype = 'DT_STRING';
  expect(await failure(await written(model))).toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('DT_STRING'),
  });
});

test('weights that are missing, cut or elsewhere are named', async () => {
  expect((await failure(await written(converted(), 20))).message).toContain('are cut (20 bytes of at least 24)');
  const model = converted();
  model.weightsManifest[0]!.paths = ['group1-shard1of2.bin'];
  const missing = await failure(await written(model));
  expect(missing.code).toBe('external-data');
  expect(missing.message).toContain('"group1-shard1of2.bin", which is missing');
  model.weightsManifest[0]!.paths = ['../../secret.bin'];
  expect((await failure(await written(model))).message).toContain('outside its own folder');
});

import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mobilenetV2 } from '../../models/mobilenetV2.js';
import type { ModelFormat } from '../../models/model.js';
import { ModelError } from '../../models/modelError.js';
import { resolveModel } from '../../models/resolveModel.js';
import { tinyModel } from './onnx/tinyModel.js';
import { temporaryFolder } from './temporaryFolder.js';

test('a name of the registry is written to the cache', async () => {
  const cacheFolder = await temporaryFolder();
  const file = await resolveModel('mobilenet-v2', { cacheFolder });
  expect(file).toMatchObject({ name: 'mobilenet-v2', defaultShapes: { x: [1, 3, 224, 224] } });
  expect(file.path.startsWith(cacheFolder)).toBe(true);
});

test('a path is a model named after its file', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'My Net.v2.ONNX');
  await writeFile(path, tinyModel());
  const file = await resolveModel(path, { cacheFolder: folder });
  expect(file).toMatchObject({ name: 'My Net.v2', title: 'My Net.v2', path, defaultShapes: {}, externalData: [] });
  expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  ['mobilnet-v2', 'Did you mean mobilenet-v2?'],
  ['MobileNet-V2', 'Did you mean mobilenet-v2?'],
  ['ppocr', 'Did you mean ppocr-det?'],
  ['frobnicate', 'Known models: ppocr-det, mobilenet-v2'],
])('the unknown name %s gets a hint', async (name, hint) => {
  const error = await failure(name);
  expect(error.code).toBe('unknown-name');
  expect(error.message).toContain(hint);
});

test('far names get no hint', async () => {
  expect((await failure('frobnicate')).message).not.toContain('Did you mean');
});

test.each(['./missing.onnx', 'missing.onnx', 'some/model.json'])('the missing path %s is not taken for a name', async (path) => {
  const error = await failure(path);
  expect(error.code).toBe('not-found');
  expect(error.message).toContain(path);
});

test('in TF.js form, a name is written to the cache with its weights and its ONNX twin', async () => {
  const cacheFolder = await temporaryFolder();
  const file = await resolveModel('mobilenet-v2', { cacheFolder, format: 'tfjs' });
  expect(file).toMatchObject({ name: 'mobilenet-v2', format: 'tfjs', defaultShapes: { x: [1, 224, 224, 3] } });
  expect(file.path).toMatch(/\.json$/);
  expect(file.externalData).toHaveLength(1);
  expect(file.twin).toEqual(await resolveModel('mobilenet-v2', { cacheFolder }));
});

test('a model.json is called like its folder', async () => {
  const cacheFolder = await temporaryFolder();
  const written = await mobilenetV2.write(cacheFolder, 'tfjs');
  await mkdir(join(cacheFolder, 'my-net'));
  await copyFile(written.path, join(cacheFolder, 'my-net', 'model.json'));
  const { location, path } = written.externalData[0]!;
  await copyFile(path, join(cacheFolder, 'my-net', location));
  const file = await resolveModel(join(cacheFolder, 'my-net', 'model.json'), { cacheFolder, format: 'tfjs' });
  expect(file).toMatchObject({ name: 'my-net', twin: null, inputs: written.inputs, outputs: written.outputs });
});

test('a file or a name in the format of the other framework says which to take', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'net.onnx'), tinyModel());
  await writeFile(join(folder, 'model.json'), '{}');
  await writeFile(join(folder, 'net.tflite'), '');
  for (const [name, format, hint] of [
    ['ppocr-det', 'tfjs', 'Models in TF.js form: mobilenet-v2'],
    [join(folder, 'net.onnx'), 'tfjs', '--framework ort'],
    [join(folder, 'model.json'), 'onnx', '--framework tfjs'],
    [join(folder, 'net.tflite'), 'onnx', '--framework litert'],
    [join(folder, 'net.onnx'), 'tflite', 'Models as a .tflite file: mobilenet-v2'],
  ] as const) {
    const error = await failure(name, format);
    expect(error.code).toBe('format');
    expect(error.message).toContain(hint);
  }
});

test('folders and other files are not supported', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'saved_model'));
  for (const name of ['saved_model', 'model.pt']) {
    if (name !== 'saved_model') await writeFile(join(folder, name), '{}');
    const error = await failure(join(folder, name));
    expect(error.code).toBe('unsupported');
    expect(error.message).toContain(name);
  }
});

async function failure(nameOrPath: string, format: ModelFormat = 'onnx'): Promise<ModelError> {
  const error = await resolveModel(nameOrPath, { cacheFolder: '/nowhere', format }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ModelError);
  return error as ModelError;
}

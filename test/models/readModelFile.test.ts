import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TensorProto_DataLocation as DataLocation } from 'onnx-buf';
import { expect, test } from 'vitest';
import { ModelError } from '../../models/modelError.js';
import { readModelFile } from '../../models/readModelFile.js';
import { editedModel } from './onnx/editedModel.js';
import { temporaryFolder } from './temporaryFolder.js';

const facts = { name: 'tiny', title: 'Tiny', defaultShapes: {} };

test('data beside the model is found', async () => {
  const folder = await temporaryFolder();
  const path = await writeWithData(folder, 'tiny.onnx.data');
  await writeFile(join(folder, 'tiny.onnx.data'), new Uint8Array(64));
  expect((await readModelFile(path, facts)).externalData).toEqual([
    { location: 'tiny.onnx.data', path: join(folder, 'tiny.onnx.data'), bytes: 64 },
  ]);
});

test('missing and cut data is named with where it should be', async () => {
  const folder = await temporaryFolder();
  const path = await writeWithData(folder, 'tiny.onnx.data');
  expect(await failure(path)).toMatchObject({
    code: 'external-data',
    message: expect.stringContaining(join(folder, 'tiny.onnx.data')),
  });
  await writeFile(join(folder, 'tiny.onnx.data'), new Uint8Array(47));
  expect(await failure(path)).toMatchObject({
    code: 'external-data',
    message: expect.stringContaining('47 bytes of at least 48'),
  });
});

test.each(['../secret', '/etc/passwd', '', 'weights/../../secret'])(
  'a model may not reach out of its folder: "%s"',
  async (location) => {
    const path = await writeWithData(await temporaryFolder(), location);
    expect(await failure(path)).toMatchObject({
      code: 'external-data',
      message: expect.stringContaining('outside its own folder'),
    });
  },
);

test('a file that cannot be read is an error with its name', async () => {
  const path = join(await temporaryFolder(), 'gone.onnx');
  expect(await failure(path)).toMatchObject({ code: 'not-found', message: expect.stringContaining(path) });
});

test('a file of more than 2 GiB is said to be too large, not missing', async () => {
  const path = join(await temporaryFolder(), 'large.onnx');
  await writeFile(path, '');
  await truncate(path, 2 ** 31 + 1);
  expect(await failure(path)).toMatchObject({ code: 'too-large', message: expect.stringContaining('external data') });
});

async function writeWithData(folder: string, location: string): Promise<string> {
  const bytes = editedModel(({ graph }) => {
    const tensor = graph!.initializer[0]!;
    tensor.dataLocation = DataLocation.EXTERNAL;
    tensor.externalData = [
      { $typeName: 'onnx.StringStringEntryProto', key: 'location', value: location },
      { $typeName: 'onnx.StringStringEntryProto', key: 'length', value: '48' },
    ];
  });
  const path = join(folder, 'tiny.onnx');
  await writeFile(path, bytes);
  return path;
}

async function failure(path: string): Promise<ModelError> {
  const error = await readModelFile(path, facts).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ModelError);
  return error as ModelError;
}

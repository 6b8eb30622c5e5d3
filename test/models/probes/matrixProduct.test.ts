import { readFile } from 'node:fs/promises';
import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';
import { expect, test } from 'vitest';
import { models } from '../../../models/index.js';
import { readSignature } from '../../../models/onnx/readSignature.js';
import { MATRIX_PRODUCT_OPERATIONS, matrixProduct } from '../../../models/probes/matrixProduct.js';
import { temporaryFolder } from '../temporaryFolder.js';

test('the matrix product is one MatMul of its input with weights, and its operations are counted', async () => {
  const { path } = await matrixProduct.write(await temporaryFolder());
  const bytes = await readFile(path);
  const { graph } = fromBinary(ModelProtoSchema, bytes);
  // The identity names the output; runtimes leave it out.
  expect(graph!.node.map(({ opType }) => opType)).toEqual(['MatMul', 'Identity']);
  const { inputs, outputs } = readSignature(bytes, path);
  const [rows, inner] = inputs[0]!.shape as [number, number];
  const [, columns] = graph!.initializer[0]!.dims.map(Number) as [number, number];
  expect(inputs).toHaveLength(1);
  expect(outputs).toEqual([{ name: 'y', type: 'float32', shape: [rows, columns] }]);
  expect(MATRIX_PRODUCT_OPERATIONS).toBe(2 * rows * inner * columns);
});

test('every generation makes the same bytes', async () => {
  const first = await matrixProduct.write(await temporaryFolder());
  expect((await matrixProduct.write(await temporaryFolder())).sha256).toBe(first.sha256);
});

test('it is a probe, and not offered as a model', () => {
  expect(models.map(({ name }) => name)).not.toContain(matrixProduct.name);
});

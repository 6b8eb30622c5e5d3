import { readFile } from 'node:fs/promises';
import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';
import { expect, test } from 'vitest';
import { mobilenetV2 } from '../../models/mobilenetV2.js';
import { readSignature } from '../../models/onnx/readSignature.js';
import { temporaryFolder } from './temporaryFolder.js';

// If this changes on purpose, raise the generator's version in models/mobilenetV2.ts with it.
const SHA256 = '362b75deb10cb0fc8b4f30cad4aa5a7f3823b3897512c778616dae99b0799594';

// The file names its weights by their hash, so this holds for both. It changes with the generator and with TRANSLATOR.
const SHA256_TFJS = 'ec5db2a6ebad191bafeb36d0fd11eb611f4c65d5a23f567174fd0802a5073458';

test('every generation makes the same bytes', async () => {
  const first = await mobilenetV2.write(await temporaryFolder());
  const second = await mobilenetV2.write(await temporaryFolder());
  expect(first.path).not.toBe(second.path);
  expect(first.sha256).toBe(SHA256);
  expect(second.sha256).toBe(SHA256);
});

test('its TF.js form is the same network, fused as the converter of TF.js fuses', async () => {
  const file = await mobilenetV2.write(await temporaryFolder(), 'tfjs');
  expect(file).toMatchObject({
    inputs: [{ name: 'x', type: 'float32', shape: [1, 224, 224, 3] }],
    outputs: [{ name: 'logits', type: 'float32', shape: [1, 1000] }],
  });
  expect(file.sha256).toBe(SHA256_TFJS);
  const { modelTopology } = JSON.parse(await readFile(file.path, 'utf8')) as { modelTopology: { node: { op: string }[] } };
  const counts: Record<string, number> = {};
  for (const { op } of modelTopology.node) if (op !== 'Const') counts[op] = (counts[op] ?? 0) + 1;
  expect(counts).toEqual({
    Placeholder: 1,
    _FusedConv2D: 35,
    FusedDepthwiseConv2dNative: 17,
    AddV2: 10,
    Mean: 1,
    Reshape: 1,
    _FusedMatMul: 1,
  });
});

test('it declares what the network computes', async () => {
  const { path } = await mobilenetV2.write(await temporaryFolder());
  expect(readSignature(await readFile(path), path)).toEqual({
    inputs: [{ name: 'x', type: 'float32', shape: [1, 3, 224, 224] }],
    outputs: [{ name: 'logits', type: 'float32', shape: [1, 1000] }],
    opset: 17,
    parameters: 3_504_872,
    externalData: [],
  });
});

test("its parameters are those of torchvision's state_dict", async () => {
  const { path } = await mobilenetV2.write(await temporaryFolder());
  const { graph } = fromBinary(ModelProtoSchema, await readFile(path));
  const shapes = new Map(graph!.initializer.map(({ name, dims }) => [name, dims.map(Number)]));
  expect(graph!.node.filter(({ opType }) => opType === 'Conv')).toHaveLength(52);
  expect(graph!.node.filter(({ opType }) => opType === 'Add')).toHaveLength(10);
  expect(Object.fromEntries(shapes)).toMatchObject({
    'features.0.0.weight': [32, 3, 3, 3],
    'features.1.conv.0.0.weight': [32, 1, 3, 3],
    'features.1.conv.1.weight': [16, 32, 1, 1],
    'features.1.conv.2.running_mean': [16],
    'features.2.conv.0.0.weight': [96, 16, 1, 1],
    'features.2.conv.1.0.weight': [96, 1, 3, 3],
    'features.2.conv.2.weight': [24, 96, 1, 1],
    'features.17.conv.2.weight': [320, 960, 1, 1],
    'features.18.0.weight': [1280, 320, 1, 1],
    'classifier.1.weight': [1000, 1280],
    'classifier.1.bias': [1000],
  });
});

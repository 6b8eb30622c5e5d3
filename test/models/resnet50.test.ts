import { readFile } from 'node:fs/promises';
import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';
import { expect, test } from 'vitest';
import { readSignature } from '../../models/onnx/readSignature.js';
import { resnet50 } from '../../models/resnet50.js';
import { temporaryFolder } from './temporaryFolder.js';

// If this changes on purpose, raise the generator's version in models/resnet50.ts with it.
const SHA256 = '765181c0ede10297220e4463846c4c5a260e80c893f869fa38b233e7c2938f10';

test("it is torchvision's network: its parameters, their names and shapes, and the published count of them", async () => {
  const { path, sha256 } = await resnet50.write(await temporaryFolder());
  expect(sha256).toBe(SHA256);
  const bytes = await readFile(path);
  expect(readSignature(bytes, path)).toMatchObject({
    inputs: [{ name: 'x', type: 'float32', shape: [1, 3, 224, 224] }],
    outputs: [{ name: 'logits', type: 'float32', shape: [1, 1000] }],
    parameters: 25_557_032,
  });
  const { graph } = fromBinary(ModelProtoSchema, bytes);
  const shapes = new Map(graph!.initializer.map(({ name, dims }) => [name, dims.map(Number)]));
  expect(graph!.node.filter(({ opType }) => opType === 'Conv')).toHaveLength(53);
  expect(graph!.node.filter(({ opType }) => opType === 'Add')).toHaveLength(16);
  expect(Object.fromEntries(shapes)).toMatchObject({
    'conv1.weight': [64, 3, 7, 7],
    'layer1.0.conv1.weight': [64, 64, 1, 1],
    'layer1.0.downsample.0.weight': [256, 64, 1, 1],
    'layer2.0.conv2.weight': [128, 128, 3, 3],
    'layer3.5.conv3.weight': [1024, 256, 1, 1],
    'layer4.0.downsample.0.weight': [2048, 1024, 1, 1],
    'layer4.2.bn3.running_var': [2048],
    'fc.weight': [1000, 2048],
    'fc.bias': [1000],
  });
});

test('its TF.js form is the same network, fused as the converter of TF.js fuses', async () => {
  const file = await resnet50.write(await temporaryFolder(), 'tfjs');
  expect(file).toMatchObject({
    inputs: [{ name: 'x', type: 'float32', shape: [1, 224, 224, 3] }],
    outputs: [{ name: 'logits', type: 'float32', shape: [1, 1000] }],
  });
  const { modelTopology } = JSON.parse(await readFile(file.path, 'utf8')) as { modelTopology: { node: { op: string }[] } };
  const counts: Record<string, number> = {};
  for (const { op } of modelTopology.node) if (op !== 'Const') counts[op] = (counts[op] ?? 0) + 1;
  expect(counts).toEqual({
    Placeholder: 1,
    _FusedConv2D: 53,
    PadV2: 1,
    MaxPool: 1,
    AddV2: 16,
    Relu: 16,
    Mean: 1,
    Reshape: 1,
    _FusedMatMul: 1,
  });
});

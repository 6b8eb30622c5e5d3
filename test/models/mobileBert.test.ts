import { readFile } from 'node:fs/promises';
import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';
import { expect, test } from 'vitest';
import { mobileBert } from '../../models/mobileBert.js';
import { readSignature } from '../../models/onnx/readSignature.js';
import { temporaryFolder } from './temporaryFolder.js';

// If this changes on purpose, raise the generator's version in models/mobileBert.ts with it.
const SHA256 = '4ef8655e5376e846eb04681a312c0b6cf2fbd78a469667cfeb10a847a5aa3a12';

test("it is Google's network: its parameters, their names and shapes, and the published count of them", async () => {
  const { path, sha256 } = await mobileBert.write(await temporaryFolder());
  expect(sha256).toBe(SHA256);
  const bytes = await readFile(path);
  expect(readSignature(bytes, path)).toMatchObject({
    inputs: ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => ({ name, type: 'int64', shape: [1, 128] })),
    outputs: [
      { name: 'last_hidden_state', type: 'float32', shape: [1, 128, 512] },
      { name: 'pooler_output', type: 'float32', shape: [1, 512] },
    ],
    parameters: 24_581_888,
  });
  const { graph } = fromBinary(ModelProtoSchema, bytes);
  const shapes = new Map(graph!.initializer.map(({ name, dims }) => [name, dims.map(Number)]));
  expect(graph!.node.filter(({ opType }) => opType === 'LayerNormalization')).toHaveLength(0);
  expect(graph!.node.filter(({ opType }) => opType === 'Softmax')).toHaveLength(24);
  expect(Object.fromEntries(shapes)).toMatchObject({
    'embeddings.word_embeddings.weight': [30_522, 128],
    'embeddings.embedding_transformation.weight': [384, 512],
    'embeddings.position_embeddings.weight': [512, 512],
    'embeddings.LayerNorm.bias': [512],
    'encoder.layer.0.bottleneck.input.dense.weight': [512, 128],
    'encoder.layer.0.bottleneck.attention.LayerNorm.weight': [128],
    'encoder.layer.0.attention.self.key.weight': [128, 128],
    'encoder.layer.0.attention.self.value.weight': [512, 128],
    'encoder.layer.23.ffn.2.intermediate.dense.weight': [128, 512],
    'encoder.layer.23.ffn.2.output.LayerNorm.weight': [128],
    'encoder.layer.23.output.dense.weight': [512, 128],
    'encoder.layer.23.output.bottleneck.dense.weight': [128, 512],
  });
});

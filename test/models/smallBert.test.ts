import { readFile } from 'node:fs/promises';
import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';
import { expect, test } from 'vitest';
import { bert } from '../../models/onnx/networks/bert.js';
import { readSignature } from '../../models/onnx/readSignature.js';
import { smallBert } from '../../models/smallBert.js';
import { temporaryFolder } from './temporaryFolder.js';
import { runBoth } from './tfjs/runBoth.js';

// If this changes on purpose, raise the generator's version in models/smallBert.ts with it.
const SHA256 = 'de705c41940432ed89c1b727402fed49ba7081b79f687ca3a4255a2c53bbec4d';

test("it is Google's network: its parameters, their names and shapes, and the published count of them", async () => {
  const { path, sha256 } = await smallBert.write(await temporaryFolder());
  expect(sha256).toBe(SHA256);
  const bytes = await readFile(path);
  expect(readSignature(bytes, path)).toMatchObject({
    inputs: ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => ({ name, type: 'int64', shape: [1, 128] })),
    outputs: [
      { name: 'last_hidden_state', type: 'float32', shape: [1, 128, 512] },
      { name: 'pooler_output', type: 'float32', shape: [1, 512] },
    ],
    parameters: 28_763_648,
  });
  const { graph } = fromBinary(ModelProtoSchema, bytes);
  const shapes = new Map(graph!.initializer.map(({ name, dims }) => [name, dims.map(Number)]));
  expect(graph!.node.filter(({ opType }) => opType === 'LayerNormalization')).toHaveLength(9);
  expect(graph!.node.filter(({ opType }) => opType === 'Softmax')).toHaveLength(4);
  expect(Object.fromEntries(shapes)).toMatchObject({
    'embeddings.word_embeddings.weight': [30_522, 512],
    'embeddings.position_embeddings.weight': [512, 512],
    'embeddings.token_type_embeddings.weight': [2, 512],
    'embeddings.LayerNorm.weight': [512],
    'encoder.layer.0.attention.self.query.weight': [512, 512],
    'encoder.layer.3.attention.output.LayerNorm.bias': [512],
    'encoder.layer.3.intermediate.dense.weight': [512, 2048],
    'encoder.layer.3.output.dense.weight': [2048, 512],
    'pooler.dense.bias': [512],
  });
});

test('in full size it answers the same natively and in TF.js', { tags: ['slow'] }, async () => {
  const graph = bert('small_bert', { layers: 4, width: 512, heads: 8, intermediate: 2048, tokens: 128 });
  expect((await runBoth(graph, 1e-5)).check).toMatchObject({ match: true });
});

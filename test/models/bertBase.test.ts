import { expect, test } from 'vitest';
import { bertBase } from '../../models/bertBase.js';
import { bert } from '../../models/onnx/networks/bert.js';

test("it is Google's network: its parameters, their names and shapes, and the published count of them", () => {
  expect(bertBase.parameters).toBe(109_482_240);
  const graph = bert('bert_base', { layers: 12, width: 768, heads: 12, intermediate: 3072, tokens: 8 });
  expect(graph.parameters).toBe(109_482_240);
  expect(Object.fromEntries(graph.constants.map(({ name, shape }) => [name, shape]))).toMatchObject({
    'embeddings.word_embeddings.weight': [30_522, 768],
    'encoder.layer.0.attention.self.query.weight': [768, 768],
    'encoder.layer.11.intermediate.dense.weight': [768, 3072],
    'encoder.layer.11.output.dense.weight': [3072, 768],
    'pooler.dense.weight': [768, 768],
  });
});

import { expect, test } from 'vitest';
import { bert } from '../../../../models/onnx/networks/bert.js';
import { runBoth } from '../../tfjs/runBoth.js';

test('BERT answers the same natively and in TF.js, each dense layer fused', async () => {
  const graph = bert('test', { layers: 2, width: 24, heads: 3, intermediate: 40, tokens: 9 });
  const { check, operators } = await runBoth(graph, 1e-5);
  expect(check).toMatchObject({
    match: true,
    outputs: [
      { name: 'last_hidden_state', shape: [1, 9, 24] },
      { name: 'pooler_output', shape: [1, 24] },
    ],
  });
  const count = (op: string) => operators.filter((other) => other === op).length;
  // Four of attention and two of the feed-forward network in each layer, and the pooler; two products of each attention's own values.
  expect(count('_FusedMatMul')).toBe(2 * 6 + 1);
  expect(count('BatchMatMulV2')).toBe(2 * 2);
  expect(count('Erf')).toBe(2);
});

import { expect, test } from 'vitest';
import { mobileBert } from '../../../../models/onnx/networks/mobileBert.js';
import { runBoth } from '../../tfjs/runBoth.js';

test('MobileBERT answers the same natively and in TF.js, and its features neither grow nor fade', async () => {
  const { check, operators, outputs } = await runBoth(mobileBert(6), 1e-5);
  expect(check).toMatchObject({
    match: true,
    outputs: [
      { name: 'last_hidden_state', shape: [1, 6, 512] },
      { name: 'pooler_output', shape: [1, 512] },
    ],
  });
  // Two bottlenecks, four of attention, four times two of the feed-forward networks and one that widens in each layer; the trigrams'.
  expect(operators.filter((op) => op === '_FusedMatMul')).toHaveLength(24 * 15 + 1);
  const { buffer, byteOffset, byteLength } = outputs[0]!.data;
  const values = new Float32Array(buffer, byteOffset, byteLength / 4);
  const meanSquare = values.reduce((total, value) => total + value * value, 0) / values.length;
  expect(meanSquare).toBeGreaterThan(0.1);
  expect(meanSquare).toBeLessThan(10);
});

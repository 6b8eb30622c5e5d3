import { expect, test } from 'vitest';
import { perAnchor } from '../../../../models/onnx/layers/perAnchor.js';
import { seededInput } from '../../../../models/seededInput.js';
import { tensorView } from '../../../../src/bundle/tensor.js';
import { network } from '../../tfjs/network.js';
import { runBoth } from '../../tfjs/runBoth.js';

test('rows go pixel by pixel, and within a pixel anchor by anchor', async () => {
  const onnx = network([1, 6, 2, 3], [1, 12, 3], (graph) => perAnchor(graph, 'x', 3));
  const { operators, check, outputs } = await runBoth(onnx, 0);
  expect(operators).toEqual(['Reshape']);
  expect(check).toMatchObject({ match: true });
  const input = tensorView('float32', seededInput({ name: 'x', type: 'float32', shape: [1, 6, 2, 3] }, 1)) as Float32Array;
  const table = tensorView('float32', outputs[0]!.data) as Float32Array;
  const at = (channel: number, pixel: number) => input[channel * 6 + pixel];
  // The second anchor of the third pixel.
  expect([...table.slice(5 * 3, 6 * 3)]).toEqual([at(3, 2), at(4, 2), at(5, 2)]);
});

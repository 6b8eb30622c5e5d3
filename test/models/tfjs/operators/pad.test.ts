import { expect, test } from 'vitest';
import type { Attributes, OnnxGraph } from '../../../../models/onnx/graph.js';
import { translate } from '../../../../models/tfjs/translate.js';
import { network } from '../network.js';
import { runBoth } from '../runBoth.js';

const pad = (graph: OnnxGraph, pads: readonly number[], rest: readonly string[] = [], attributes: Attributes = {}): string =>
  graph.node('Pad', ['x', graph.constant('pads', [pads.length], BigInt64Array.from(pads, BigInt)), ...rest], attributes);

test.each([
  ['of a text by a token behind it', [1, 4, 3], [0, 0, 0, 0, 1, 0], [1, 5, 3]],
  ['of a matrix by another number on every side', [3, 5], [1, 2, 3, 4], [7, 11]],
  ['of an image, in the order of NCHW', [1, 4, 3, 5], [0, 1, 0, 0, 0, 0, 2, 0], [1, 5, 5, 5]],
] as const)('Pad %s', async (_, from, pads, to) => {
  expect(
    (
      await runBoth(
        network(from, to, (graph) => pad(graph, pads)),
        0,
      )
    ).check,
  ).toMatchObject({ match: true });
});

test('Pad with another number than zero', async () => {
  const onnx = network([3], [5], (graph) => pad(graph, [1, 1], [graph.constant('value', [], Float32Array.of(7))]));
  expect((await runBoth(onnx, 0)).check).toMatchObject({ match: true });
});

test('Pad by reflection, or along some axes only, is refused', () => {
  const reflected = network([3], [5], (graph) => pad(graph, [1, 1], [], { mode: 'reflect' }));
  expect(() => translate(reflected)).toThrow("Pad's mode reflect has no translation");
  const axes = network([3, 3], [3, 5], (graph) => pad(graph, [1, 1], ['', graph.constant('axes', [1], BigInt64Array.of(1n))]));
  expect(() => translate(axes)).toThrow("Pad's axes have no translation");
});

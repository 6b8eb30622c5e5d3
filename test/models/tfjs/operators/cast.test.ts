import { expect, test } from 'vitest';
import { OnnxGraph } from '../../../../models/onnx/graph.js';
import { translate } from '../../../../models/tfjs/translate.js';
import { network } from '../network.js';
import { runBoth } from '../runBoth.js';

const FLOAT = 1;
const INT64 = 7;
const BOOL = 9;

test('Cast of whole numbers to floating point', async () => {
  const graph = new OnnxGraph('test', 3, 17);
  const ids = graph.input('ids', 'int64', [2, 7]);
  graph.output(graph.node('Cast', [ids], { to: FLOAT }), 'y', 'float32', [2, 7]);
  expect((await runBoth(graph, 0)).check).toMatchObject({ match: true });
});

test('Cast to whole numbers drops what is behind the point', async () => {
  const onnx = network([3, 5], [3, 5], (graph) => {
    const tenfold = graph.node('Mul', ['x', graph.constant('ten', [], Float32Array.of(10))]);
    return graph.node('Cast', [graph.node('Cast', [tenfold], { to: INT64 })], { to: FLOAT });
  });
  expect((await runBoth(onnx, 0)).check).toMatchObject({ match: true });
});

test('Cast to a type that has no translation is refused', () => {
  const onnx = network([3], [3], (graph) => graph.node('Cast', ['x'], { to: BOOL }));
  expect(() => translate(onnx)).toThrow('element type 9 has no translation');
});

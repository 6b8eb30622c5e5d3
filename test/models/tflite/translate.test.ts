import { describe, expect, test } from 'vitest';
import { compareOutputs } from '../../../collectors/baseline/compareOutputs.js';
import type { OnnxGraph } from '../../../models/onnx/graph.js';
import { gelu } from '../../../models/onnx/layers/gelu.js';
import { bert } from '../../../models/onnx/networks/bert.js';
import { efficientdetD0 } from '../../../models/onnx/networks/efficientdetD0.js';
import { ssdMobilenetV2 } from '../../../models/onnx/networks/ssdMobilenetV2.js';
import { yolov5 } from '../../../models/onnx/networks/yolov5.js';
import { TfGraph } from '../../../models/tfjs/graph.js';
import { translate } from '../../../models/tfjs/translate.js';
import { encodeTflite } from '../../../models/tflite/encodeTflite.js';
import { translateToLite } from '../../../models/tflite/translate.js';
import { TO_CHANNELS_FIRST, TO_CHANNELS_LAST } from '../../../src/bundle/tensor.js';
import { cases, IMAGE } from '../tfjs/cases.js';
import { network } from '../tfjs/network.js';
import { images, runOnnx, seededInputs } from '../tfjs/runBoth.js';
import { runLite } from './runLite.js';

const toLite = (onnx: OnnxGraph) => translateToLite(onnx.name, translate(onnx));

/** What LiteRT computes of a graph, against what ONNX Runtime computes natively. */
async function checkOf(onnx: OnnxGraph) {
  const inputs = seededInputs(onnx);
  const outputs = images(await runLite(encodeTflite(toLite(onnx)), images(inputs, TO_CHANNELS_LAST)), TO_CHANNELS_FIRST);
  return compareOutputs(outputs, await runOnnx(onnx, inputs), 1e-4);
}

test.each(cases)('%s computes what ONNX Runtime computes', async (_, onnx) => {
  expect(await checkOf(onnx)).toMatchObject({ match: true });
});

test.each([
  ['EfficientDet', () => efficientdetD0(128)],
  ['SSD', () => ssdMobilenetV2(96)],
  ['YOLOv5', () => yolov5({ name: 'yolov5s', depth: 0.33, width: 0.5, size: 64 })],
  ['BERT', () => bert('test', { layers: 1, width: 24, heads: 3, intermediate: 40, tokens: 9 })],
])('%s computes what ONNX Runtime computes, on a smaller input', { tags: ['slow'] }, async (_, build) => {
  expect(await checkOf(build())).toMatchObject({ match: true });
});

describe('what LiteRT’s converter puts into one operator is one', () => {
  test('an activation is inside the sum before it', () => {
    const onnx = network(IMAGE, IMAGE, (graph) => graph.node('Relu', [graph.node('Add', ['x', graph.node('Tanh', ['x'])])]));
    const { operators } = toLite(onnx);
    expect(operators.map(({ code }) => code)).toEqual(['TANH', 'ADD']);
    expect(operators[1]!.options.activation).toBe(1);
  });

  test('an activation whose input is used elsewhere stays', () => {
    const onnx = network(IMAGE, IMAGE, (graph) => {
      const sum = graph.node('Add', ['x', 'x']);
      return graph.node('Mul', [sum, graph.node('Relu', [sum])]);
    });
    expect(toLite(onnx).operators.map(({ code }) => code)).toEqual(['ADD', 'RELU', 'MUL']);
  });

  test('Gelu', async () => {
    const onnx = network([3, 5], [3, 5], (graph) => gelu(graph, 'x'));
    expect(toLite(onnx).operators.map(({ code }) => code)).toEqual(['GELU']);
    expect(await checkOf(onnx)).toMatchObject({ match: true });
  });

  test('zeros that SAME would put in the same places', () => {
    const padded = (size: number, pads: readonly number[]) =>
      network([1, 4, size, size], [1, 4, 4, 4], (graph) =>
        graph.node('Conv', ['x', graph.weight('w', [4, 4, 3, 3], 36)], { pads, strides: [2, 2] }),
      );
    expect(toLite(padded(8, [0, 0, 1, 1])).operators.map(({ code }) => code)).toEqual(['CONV_2D']);
    expect(toLite(padded(8, [1, 1, 1, 1])).operators.map(({ code }) => code)).toEqual(['PAD', 'CONV_2D']);
  });
});

test('what has no translation is refused by name', () => {
  const onnx = network([2, 3], [2, 3], (graph) => graph.node('Erf', ['x']));
  expect(() => toLite(onnx)).toThrow('The operator Erf has no translation to LiteRT.');
  const graph = new TfGraph();
  graph.inputs.push({ name: 'x', node: 'x', type: 'float32', shape: ['batch', 4] });
  expect(() => translateToLite('open', graph)).toThrow('a size that is chosen at run time');
});

import * as ort from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { compareOutputs } from '../../../collectors/baseline/compareOutputs.js';
import { encodeModel } from '../../../models/onnx/encodeModel.js';
import { OnnxGraph } from '../../../models/onnx/graph.js';
import { seededInput } from '../../../models/seededInput.js';
import { translate } from '../../../models/tfjs/translate.js';
import { type TensorValue, TO_CHANNELS_FIRST, TO_CHANNELS_LAST, tensorView, transposed } from '../../../src/bundle/tensor.js';
import { cases, convolve, IMAGE } from './cases.js';
import { network } from './network.js';
import { runGraphModel } from './runGraphModel.js';

const TOLERANCE = 1e-5;
test.each(cases)('%s computes what ONNX Runtime computes', async (_, onnx, operators) => {
  const graph = translate(onnx);
  expect(graph.nodes.map(({ op }) => op)).toEqual(operators);
  const { name, shape } = onnx.inputs[0]!;
  const spec = { name, type: 'float32' as const, shape: shape as number[] };
  const input: TensorValue = { ...spec, data: seededInput(spec, 1) };
  const [actual] = await runGraphModel(graph, [shape.length === 4 ? transposed(input, TO_CHANNELS_LAST) : input]);
  const channelsFirst = actual!.shape.length === 4 ? transposed(actual!, TO_CHANNELS_FIRST) : actual!;
  expect(compareOutputs([channelsFirst], [await runOnnx(onnx, input)], TOLERANCE)).toMatchObject({ match: true });
});

describe('what has no translation is refused by name', () => {
  test.each([
    ['an unknown operator', network(IMAGE, IMAGE, (graph) => graph.node('Sin', ['x'])), 'The operator Sin has no translation'],
    [
      'groups of channels',
      network(IMAGE, IMAGE, (graph) => convolve(graph, { group: 2 }, [4, 2, 1, 1])),
      'no convolutions in groups',
    ],
    [
      'stride and dilation at once',
      network(IMAGE, IMAGE, (graph) => convolve(graph, { strides: [2, 2], dilations: [2, 2] }, [4, 4, 1, 1])),
      'stride and dilation',
    ],
    [
      'auto_pad',
      network(IMAGE, IMAGE, (graph) => convolve(graph, { auto_pad: 'SAME_UPPER' }, [4, 4, 1, 1])),
      'auto_pad has no translation',
    ],
    [
      'weights that are computed',
      network([1, 4, 4], [1, 4, 4], (graph) => graph.node('Gemm', ['x', graph.node('Relu', ['x'])])),
      'is not a constant',
    ],
  ] as const)('%s', (_, graph, message) => {
    expect(() => translate(graph)).toThrow(message);
  });

  test('an input of a type that TF.js has not', () => {
    const graph = new OnnxGraph('test', 1, 17);
    graph.input('pixels', 'uint8', [1, 8]);
    expect(() => translate(graph)).toThrow('no inputs and outputs of type uint8');
  });
});

async function runOnnx(graph: OnnxGraph, { name, type, shape, data }: TensorValue): Promise<TensorValue> {
  const session = await ort.InferenceSession.create(encodeModel(graph), { intraOpNumThreads: 1, logSeverityLevel: 4 });
  const { y } = await session.run({ [name]: new ort.Tensor('float32', tensorView(type, data) as Float32Array, [...shape]) });
  const values = y!.data as Float32Array;
  return {
    name: 'y',
    type: 'float32',
    shape: [...y!.dims],
    data: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  };
}

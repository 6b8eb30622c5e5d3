import type { OnnxGraph } from '../../../models/onnx/graph.js';
import { seededWeights } from '../../../models/onnx/seededWeights.js';
import { network } from './network.js';

export const IMAGE = [1, 4, 7, 9];

function statistics(graph: OnnxGraph, channels: number): string[] {
  const constant = (name: string, from: number) =>
    graph.constant(
      name,
      [channels],
      seededWeights(1, name, channels, 6).map((value) => value + from),
    );
  return [constant('scale', 1), constant('shift', 0), constant('mean', 0.5), constant('variance', 2)];
}

const weights = (graph: OnnxGraph, name: string, shape: readonly number[]) =>
  graph.weight(
    name,
    shape,
    shape.slice(1).reduce((a, b) => a * b, 1),
  );

export const convolve = (graph: OnnxGraph, attributes: object, shape: readonly number[], bias = false): string =>
  graph.node('Conv', ['x', weights(graph, 'w', shape), ...(bias ? [weights(graph, 'b', [shape[0]!])] : [])], { ...attributes });

/** Small networks, each with the operators of its TensorFlow graph. */
export const cases: readonly [string, OnnxGraph, readonly string[]][] = [
  ['Conv of one pixel', network(IMAGE, [1, 6, 7, 9], (graph) => convolve(graph, {}, [6, 4, 1, 1])), ['Conv2D']],
  [
    'Conv that keeps the size',
    network(IMAGE, [1, 6, 7, 9], (graph) => convolve(graph, { pads: [1, 1, 1, 1] }, [6, 4, 3, 3])),
    ['Conv2D'],
  ],
  [
    'Conv with a stride, padded on all sides',
    network([1, 4, 8, 8], [1, 6, 4, 4], (graph) => convolve(graph, { pads: [1, 1, 1, 1], strides: [2, 2] }, [6, 4, 3, 3])),
    ['Conv2D'],
  ],
  [
    'Conv with another stride and padding in each direction',
    network([1, 4, 11, 13], [1, 6, 6, 15], (graph) => convolve(graph, { pads: [2, 1, 0, 3], strides: [2, 1] }, [6, 4, 3, 3])),
    ['Conv2D'],
  ],
  [
    'Conv with dilation',
    network([1, 4, 11, 13], [1, 6, 7, 11], (graph) => convolve(graph, { dilations: [2, 1] }, [6, 4, 3, 3])),
    ['Conv2D'],
  ],
  ['Conv with bias', network(IMAGE, [1, 6, 5, 7], (graph) => convolve(graph, {}, [6, 4, 3, 3], true)), ['_FusedConv2D']],
  [
    'depthwise Conv with a stride',
    network([1, 4, 8, 8], [1, 4, 4, 4], (graph) =>
      convolve(graph, { pads: [1, 1, 1, 1], strides: [2, 2], group: 4 }, [4, 1, 3, 3]),
    ),
    ['DepthwiseConv2dNative'],
  ],
  [
    'BatchNormalization',
    network(IMAGE, IMAGE, (graph) =>
      graph.node('BatchNormalization', ['x', ...statistics(graph, 4)], { epsilon: { float: 1e-3 } }),
    ),
    ['FusedBatchNormV3'],
  ],
  [
    'Conv, BatchNormalization and Relu6, fused',
    network(IMAGE, [1, 6, 7, 9], (graph) => {
      const convolved = convolve(graph, { pads: [1, 1, 1, 1] }, [6, 4, 3, 3]);
      const normalized = graph.node('BatchNormalization', [convolved, ...statistics(graph, 6)]);
      return graph.node('Clip', [
        normalized,
        graph.constant('0', [], Float32Array.of(0)),
        graph.constant('6', [], Float32Array.of(6)),
      ]);
    }),
    ['_FusedConv2D'],
  ],
  [
    'depthwise Conv, BatchNormalization and Relu, fused',
    network(IMAGE, IMAGE, (graph) => {
      const convolved = convolve(graph, { pads: [1, 1, 1, 1], group: 4 }, [4, 1, 3, 3]);
      return graph.node('Relu', [graph.node('BatchNormalization', [convolved, ...statistics(graph, 4)])]);
    }),
    ['FusedDepthwiseConv2dNative'],
  ],
  [
    'a Conv that two nodes use, which is not folded',
    network(IMAGE, IMAGE, (graph) => {
      const convolved = convolve(graph, {}, [4, 4, 1, 1]);
      return graph.node('Add', [convolved, graph.node('BatchNormalization', [convolved, ...statistics(graph, 4)])]);
    }),
    ['Conv2D', 'FusedBatchNormV3', 'AddV2'],
  ],
  ['Relu', network(IMAGE, IMAGE, (graph) => graph.node('Relu', ['x'])), ['Relu']],
  [
    'MaxPool without padding',
    network([1, 4, 8, 9], [1, 4, 4, 4], (graph) => graph.node('MaxPool', ['x'], { kernel_shape: [2, 2], strides: [2, 2] })),
    ['MaxPool'],
  ],
  [
    'MaxPool whose padding never wins, not even over numbers below zero',
    network([1, 4, 8, 9], [1, 4, 4, 5], (graph) => {
      const low = graph.node('Add', ['x', graph.constant('low', [], Float32Array.of(-100))]);
      return graph.node('MaxPool', [low], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 2] });
    }),
    ['AddV2', 'PadV2', 'MaxPool'],
  ],
  [
    'Clip to other limits',
    network(IMAGE, IMAGE, (graph) =>
      graph.node('Clip', [
        'x',
        graph.constant('low', [], Float32Array.of(-0.25)),
        graph.constant('high', [], Float32Array.of(0.5)),
      ]),
    ),
    ['ClipByValue'],
  ],
  [
    'Add of equal shapes',
    network(IMAGE, IMAGE, (graph) => graph.node('Add', ['x', graph.node('Relu', ['x'])])),
    ['Relu', 'AddV2'],
  ],
  [
    'Add of a row, by the rules of broadcasting over NCHW',
    network(IMAGE, IMAGE, (graph) => graph.node('Add', ['x', weights(graph, 'row', [9])])),
    ['Transpose', 'AddV2', 'Transpose'],
  ],
  ['GlobalAveragePool', network(IMAGE, [1, 4, 1, 1], (graph) => graph.node('GlobalAveragePool', ['x'])), ['Mean']],
  [
    'Flatten of an image, in the order of NCHW',
    network(IMAGE, [1, 252], (graph) => graph.node('Flatten', ['x'], { axis: 1 })),
    ['Transpose', 'Reshape'],
  ],
  [
    'Flatten of a pooled image, which moves nothing',
    network([2, 4, 7, 9], [2, 4], (graph) => graph.node('Flatten', [graph.node('GlobalAveragePool', ['x'])], { axis: 1 })),
    ['Mean', 'Reshape'],
  ],
  [
    'Gemm with transposed weights and bias',
    network([2, 5], [2, 3], (graph) =>
      graph.node('Gemm', ['x', weights(graph, 'w', [3, 5]), weights(graph, 'b', [3])], { transB: 1 }),
    ),
    ['_FusedMatMul'],
  ],
  ['Gemm without bias', network([2, 5], [2, 3], (graph) => graph.node('Gemm', ['x', weights(graph, 'w', [5, 3])])), ['MatMul']],
];

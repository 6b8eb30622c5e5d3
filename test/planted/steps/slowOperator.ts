import { encodeModel } from '../../../models/onnx/encodeModel.js';
import { OnnxGraph } from '../../../models/onnx/graph.js';
import { convolution } from '../../../models/onnx/layers/convolution.js';

const CHANNELS = 32;
const SIZE = 80;
const LAYERS = 3;

/**
 * A small network of convolutions whose activation is a square. `pow` computes it by Pow, whose kernel in ONNX Runtime knows 2 only
 * where the exponent is a single number and calls pow() for each number of a tensor otherwise; `mul` by multiplying a value with
 * itself, which is the same and has a kernel with vectors.
 * https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/core/providers/cpu/math/element_wise_ops.cc (PowImpl)
 */
export function squaringNetwork(by: 'pow' | 'mul'): Uint8Array {
  const graph = new OnnxGraph('squaring', 5, 17);
  let value = graph.input('x', 'float32', [1, CHANNELS, SIZE, SIZE]);
  const two = graph.constant('two', [SIZE], new Float32Array(SIZE).fill(2));
  for (let layer = 0; layer < LAYERS; layer++) {
    value = convolution(graph, value, `layers.${layer}`, { inChannels: CHANNELS, outChannels: CHANNELS, kernel: 3 });
    value = by === 'pow' ? graph.node('Pow', [value, two]) : graph.node('Mul', [value, value]);
  }
  graph.output(value, 'y', 'float32', [1, CHANNELS, SIZE, SIZE]);
  return encodeModel(graph);
}

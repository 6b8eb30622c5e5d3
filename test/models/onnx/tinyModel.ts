import { encodeModel } from '../../../models/onnx/encodeModel.js';
import { OnnxGraph } from '../../../models/onnx/graph.js';
import { linear } from '../../../models/onnx/layers/linear.js';

/** A layer from 4 to 3 numbers for any batch, 15 parameters. */
export function tinyModel(): Uint8Array {
  const graph = new OnnxGraph('tiny', 7, 17);
  const input = graph.input('x', 'float32', ['batch', 4]);
  graph.output(linear(graph, input, 'layer', 4, 3), 'y', 'float32', ['batch', 3]);
  return encodeModel(graph);
}

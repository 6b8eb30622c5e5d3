import type { TensorType } from '../../src/bundle/tensor.js';
import type { OnnxGraph } from '../onnx/graph.js';
import { foldBatchNormalization } from './fuse/foldBatchNormalization.js';
import { foldConstants } from './fuse/foldConstants.js';
import { fuseLayers } from './fuse/fuseLayers.js';
import type { TfGraph, TfPort } from './graph.js';
import { operators } from './operators/index.js';
import { Translation, tfShape } from './translation.js';

/** Version of the translation: raise it with every change of what it makes, so that no cache serves the old files. */
export const TRANSLATOR = 1;

/**
 * The same network as a TensorFlow graph. Inputs and outputs keep their names; those of four dimensions are NHWC instead of
 * NCHW, and so are the images in between: TF.js's kernels know nothing else. int64 becomes int32, the only whole numbers there. The graph is then fused as TF.js's own converter
 * fuses, so that what is measured is TF.js at its usual best and not a translation's clumsiness.
 *
 * @throws Error for an operator, or a use of one, that has no translation
 */
export function translate(onnx: OnnxGraph): TfGraph {
  const translation = new Translation(onnx);
  const { graph } = translation;
  for (const { name, type, shape } of onnx.inputs) {
    graph.inputs.push({ name, node: name, type: portType(type), shape: tfShape(shape) });
    translation.define(name, { node: name, shape, channelsLast: shape.length === 4 });
  }
  for (const node of onnx.nodes) {
    const operator = operators[node.operator];
    if (!operator) throw new Error(`The operator ${node.operator} has no translation to TF.js.`);
    if (node.outputs.length !== 1) throw new Error(`Only the first output of ${node.operator} has a translation to TF.js.`);
    translation.define(node.outputs[0]!, operator(translation, node));
  }
  for (const { name, type, shape } of onnx.outputs) {
    const value = translation.value(name);
    const node = shape.length === 4 ? translation.channelsLast(value) : value.node;
    graph.outputs.push({ name, node, type: portType(type), shape: tfShape(shape) });
  }
  foldConstants(graph);
  foldBatchNormalization(graph);
  fuseLayers(graph);
  return graph;
}

function portType(type: TensorType): TfPort['type'] {
  if (type === 'float32' || type === 'int32') return type;
  if (type === 'int64') return 'int32';
  throw new Error(`TF.js has no inputs and outputs of type ${type}.`);
}

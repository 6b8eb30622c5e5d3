import { generatedModel } from './generatedModel.js';
import { OnnxGraph } from './onnx/graph.js';
import { linear } from './onnx/layers/linear.js';
import { mobilenetV2Features } from './onnx/layers/mobilenetV2Features.js';

/**
 * MobileNetV2 of width 1 with the layers and parameter names of torchvision's `mobilenet_v2`, and seeded weights: latency is that
 * of the real network, its answers mean nothing.
 */
export const mobilenetV2 = generatedModel({
  name: 'mobilenet-v2',
  title: 'MobileNetV2 (seeded weights)',
  task: 'image classification',
  licence: 'Apache-2.0',
  origin: 'Generated layer by layer after torchvision 0.20 mobilenet_v2; weights are seeded, not trained',
  parameters: 3_504_872,
  defaultShapes: { x: [1, 3, 224, 224] },
  formats: ['onnx', 'tfjs', 'tflite'],
  generator: 1,
  build,
});

function build(): OnnxGraph {
  const graph = new OnnxGraph('mobilenet_v2', 1, 17);
  const { last } = mobilenetV2Features(graph, graph.input('x', 'float32', [1, 3, 224, 224]));
  const value = graph.node('Flatten', [graph.node('GlobalAveragePool', [last])], { axis: 1 });
  graph.output(linear(graph, value, 'classifier.1', 1280, 1000), 'logits', 'float32', [1, 1000]);
  return graph;
}

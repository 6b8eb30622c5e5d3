import { generatedModel } from './generatedModel.js';
import { OnnxGraph } from './onnx/graph.js';
import { batchNormalization } from './onnx/layers/batchNormalization.js';
import { convolution } from './onnx/layers/convolution.js';
import { invertedResidual } from './onnx/layers/invertedResidual.js';
import { linear } from './onnx/layers/linear.js';
import { relu6 } from './onnx/layers/relu6.js';

/** Expansion, output channels, repeats, stride of the first. Sandler et al. 2018, https://arxiv.org/abs/1801.04381, table 2. */
const STAGES = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

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
  formats: ['onnx', 'tfjs'],
  generator: 1,
  build,
});

function build(): OnnxGraph {
  const graph = new OnnxGraph('mobilenet_v2', 1, 17);
  let value = graph.input('x', 'float32', [1, 3, 224, 224]);
  value = convolution(graph, value, 'features.0.0', { inChannels: 3, outChannels: 32, kernel: 3, stride: 2 });
  value = relu6(graph, batchNormalization(graph, value, 'features.0.1', 32));
  let inChannels = 32;
  let block = 1;
  for (const [expansion, outChannels, repeats, firstStride] of STAGES) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const stride = repeat === 0 ? firstStride : 1;
      value = invertedResidual(graph, value, `features.${block}`, { inChannels, outChannels, stride, expansion });
      inChannels = outChannels;
      block += 1;
    }
  }
  value = convolution(graph, value, `features.${block}.0`, { inChannels, outChannels: 1280, kernel: 1 });
  value = relu6(graph, batchNormalization(graph, value, `features.${block}.1`, 1280));
  value = graph.node('Flatten', [graph.node('GlobalAveragePool', [value])], { axis: 1 });
  graph.output(linear(graph, value, 'classifier.1', 1280, 1000), 'logits', 'float32', [1, 1000]);
  return graph;
}

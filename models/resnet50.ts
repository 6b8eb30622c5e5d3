import { generatedModel } from './generatedModel.js';
import { OnnxGraph } from './onnx/graph.js';
import { batchNormalization } from './onnx/layers/batchNormalization.js';
import { bottleneck } from './onnx/layers/bottleneck.js';
import { convolution } from './onnx/layers/convolution.js';
import { linear } from './onnx/layers/linear.js';

/** Width of the 3 × 3 convolutions, blocks, stride of the first. He et al. 2015, https://arxiv.org/abs/1512.03385, table 1. */
const STAGES = [
  [64, 3, 1],
  [128, 4, 2],
  [256, 6, 2],
  [512, 3, 2],
] as const;
/** Output channels per width. */
const EXPANSION = 4;

/**
 * ResNet50 with the layers and parameter names of torchvision's `resnet50`, and seeded weights: latency is that of the real network,
 * its answers mean nothing.
 */
export const resnet50 = generatedModel({
  name: 'resnet50',
  title: 'ResNet50 (seeded weights)',
  task: 'image classification',
  licence: 'Apache-2.0',
  origin: 'Generated layer by layer after torchvision 0.20 resnet50; weights are seeded, not trained',
  parameters: 25_557_032,
  defaultShapes: { x: [1, 3, 224, 224] },
  formats: ['onnx', 'tfjs', 'tflite'],
  generator: 1,
  build,
});

function build(): OnnxGraph {
  const graph = new OnnxGraph('resnet50', 1, 17);
  let value = graph.input('x', 'float32', [1, 3, 224, 224]);
  value = convolution(graph, value, 'conv1', { inChannels: 3, outChannels: 64, kernel: 7, stride: 2 });
  value = graph.node('Relu', [batchNormalization(graph, value, 'bn1', 64)]);
  value = graph.node('MaxPool', [value], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] });
  let inChannels = 64;
  STAGES.forEach(([width, blocks, firstStride], stage) => {
    for (let block = 0; block < blocks; block++) {
      const outChannels = width * EXPANSION;
      const stride = block === 0 ? firstStride : 1;
      value = bottleneck(graph, value, `layer${stage + 1}.${block}`, { inChannels, width, outChannels, stride });
      inChannels = outChannels;
    }
  });
  value = graph.node('Flatten', [graph.node('GlobalAveragePool', [value])], { axis: 1 });
  graph.output(linear(graph, value, 'fc', inChannels, 1000), 'logits', 'float32', [1, 1000]);
  return graph;
}

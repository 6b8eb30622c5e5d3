import { OnnxGraph } from '../graph.js';
import { convolution } from '../layers/convolution.js';
import { linear } from '../layers/linear.js';

/** Channels of the convolutions between two poolings. Simonyan and Zisserman 2014, https://arxiv.org/abs/1409.1556, table 1, column D. */
const STAGES = [
  [64, 64],
  [128, 128],
  [256, 256, 256],
  [512, 512, 512],
  [512, 512, 512],
] as const;

/**
 * VGG16 with the layers and parameter names of torchvision's `vgg16`.
 *
 * @param size height and width of the image, a multiple of 32; the network that was published has 224, and with another size its first
 * classifying layer has another number of parameters
 */
export function vgg16(size: number): OnnxGraph {
  const graph = new OnnxGraph('vgg16', 1, 17);
  let value = graph.input('x', 'float32', [1, 3, size, size]);
  let inChannels = 3;
  // torchvision counts convolutions, activations and poolings alike.
  let layer = 0;
  for (const stage of STAGES) {
    for (const outChannels of stage) {
      value = convolution(graph, value, `features.${layer}`, { inChannels, outChannels, kernel: 3, bias: true });
      value = graph.node('Relu', [value]);
      inChannels = outChannels;
      layer += 2;
    }
    value = graph.node('MaxPool', [value], { kernel_shape: [2, 2], strides: [2, 2] });
    layer += 1;
  }
  const pixels = (size / 2 ** STAGES.length) ** 2;
  value = graph.node('Flatten', [value], { axis: 1 });
  value = graph.node('Relu', [linear(graph, value, 'classifier.0', inChannels * pixels, 4096)]);
  value = graph.node('Relu', [linear(graph, value, 'classifier.3', 4096, 4096)]);
  graph.output(linear(graph, value, 'classifier.6', 4096, 1000), 'logits', 'float32', [1, 1000]);
  return graph;
}

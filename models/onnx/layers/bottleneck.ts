import type { OnnxGraph, Value } from '../graph.js';
import { batchNormalization } from './batchNormalization.js';
import { convolution } from './convolution.js';

export interface BottleneckOptions {
  readonly inChannels: number;
  /** Of the 3 × 3 convolution in the middle. */
  readonly width: number;
  readonly outChannels: number;
  readonly stride: number;
}

/**
 * ResNet's bottleneck block: narrow, filter, widen, and add the input, itself convolved where its shape differs. The stride is that of
 * the 3 × 3 convolution, and parameters are named, as in torchvision's `Bottleneck`.
 * Source: He et al. 2015, https://arxiv.org/abs/1512.03385, section 4.1.
 */
export function bottleneck(graph: OnnxGraph, input: Value, name: string, options: BottleneckOptions): Value {
  const { inChannels, width, outChannels, stride } = options;
  const relu = (value: Value): Value => graph.node('Relu', [value]);
  let value = convolution(graph, input, `${name}.conv1`, { inChannels, outChannels: width, kernel: 1 });
  value = relu(batchNormalization(graph, value, `${name}.bn1`, width));
  value = convolution(graph, value, `${name}.conv2`, { inChannels: width, outChannels: width, kernel: 3, stride });
  value = relu(batchNormalization(graph, value, `${name}.bn2`, width));
  value = convolution(graph, value, `${name}.conv3`, { inChannels: width, outChannels, kernel: 1 });
  value = batchNormalization(graph, value, `${name}.bn3`, outChannels);
  let shortcut = input;
  if (stride !== 1 || inChannels !== outChannels) {
    shortcut = convolution(graph, input, `${name}.downsample.0`, { inChannels, outChannels, kernel: 1, stride });
    shortcut = batchNormalization(graph, shortcut, `${name}.downsample.1`, outChannels);
  }
  return relu(graph.node('Add', [value, shortcut]));
}

import type { OnnxGraph, Value } from '../graph.js';
import { batchNormalization } from './batchNormalization.js';
import { convolution } from './convolution.js';
import { relu6 } from './relu6.js';

export interface InvertedResidualOptions {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly stride: number;
  /** Channels inside the block per channel that comes in; 1 leaves the expanding convolution out. */
  readonly expansion: number;
}

export interface InvertedResidual {
  /** Inside the block, after the expanding convolution; its input where it has none. Detectors look at it. */
  readonly expanded: Value;
  readonly output: Value;
}

/**
 * MobileNetV2's block: expand, filter each channel, project, and add the input where the shapes allow it. Parameters are named
 * as in torchvision's `InvertedResidual`. Source: Sandler et al. 2018, https://arxiv.org/abs/1801.04381, section 3.4.
 */
export function invertedResidual(
  graph: OnnxGraph,
  input: Value,
  name: string,
  options: InvertedResidualOptions,
): InvertedResidual {
  const { inChannels, outChannels, stride, expansion } = options;
  const hidden = inChannels * expansion;
  let value = input;
  let step = 0;
  if (expansion !== 1) {
    value = convolution(graph, value, `${name}.conv.0.0`, { inChannels, outChannels: hidden, kernel: 1 });
    value = relu6(graph, batchNormalization(graph, value, `${name}.conv.0.1`, hidden));
    step = 1;
  }
  const expanded = value;
  const depthwise = { inChannels: hidden, outChannels: hidden, kernel: 3, stride, groups: hidden };
  value = convolution(graph, value, `${name}.conv.${step}.0`, depthwise);
  value = relu6(graph, batchNormalization(graph, value, `${name}.conv.${step}.1`, hidden));
  value = convolution(graph, value, `${name}.conv.${step + 1}`, { inChannels: hidden, outChannels, kernel: 1 });
  value = batchNormalization(graph, value, `${name}.conv.${step + 2}`, outChannels);
  const output = stride === 1 && inChannels === outChannels ? graph.node('Add', [input, value]) : value;
  return { expanded, output };
}

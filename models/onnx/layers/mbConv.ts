import type { OnnxGraph, Value } from '../graph.js';
import { convolution } from './convolution.js';
import { efficientNetNormalization } from './efficientNetNormalization.js';
import { samePadding } from './samePadding.js';
import { silu } from './silu.js';

export interface MbConvOptions {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: number;
  readonly stride: number;
  /** Channels inside the block per channel that comes in; 1 leaves the expanding convolution out. */
  readonly expansion: number;
}

/** Channels of the squeezed layer per channel that comes into the block. */
const SQUEEZE = 0.25;

/**
 * EfficientNet's block: an inverted residual with squeeze-and-excitation, in which every channel is weighted by what the whole image says.
 * Parameters are named as in the `MBConvBlock` of EfficientNet-PyTorch. Source: Tan and Le 2019, https://arxiv.org/abs/1905.11946, table 1.
 */
export function mbConv(graph: OnnxGraph, input: Value, name: string, options: MbConvOptions): Value {
  const { inChannels, outChannels, kernel, stride, expansion } = options;
  const hidden = inChannels * expansion;
  const squeezed = Math.max(1, Math.floor(inChannels * SQUEEZE));
  let value = input;
  if (expansion !== 1) {
    value = convolution(graph, value, `${name}._expand_conv`, { inChannels, outChannels: hidden, kernel: 1 });
    value = silu(graph, efficientNetNormalization(graph, value, `${name}._bn0`, hidden));
  }
  const padding = samePadding(kernel, stride);
  const depthwise = { inChannels: hidden, outChannels: hidden, kernel, stride, padding, groups: hidden };
  value = convolution(graph, value, `${name}._depthwise_conv`, depthwise);
  value = silu(graph, efficientNetNormalization(graph, value, `${name}._bn1`, hidden));
  const reduce = { inChannels: hidden, outChannels: squeezed, kernel: 1, bias: true };
  const expand = { inChannels: squeezed, outChannels: hidden, kernel: 1, bias: true };
  let weights = convolution(graph, graph.node('GlobalAveragePool', [value]), `${name}._se_reduce`, reduce);
  weights = convolution(graph, silu(graph, weights), `${name}._se_expand`, expand);
  value = graph.node('Mul', [value, graph.node('Sigmoid', [weights])]);
  value = convolution(graph, value, `${name}._project_conv`, { inChannels: hidden, outChannels, kernel: 1 });
  value = efficientNetNormalization(graph, value, `${name}._bn2`, outChannels);
  return stride === 1 && inChannels === outChannels ? graph.node('Add', [value, input]) : value;
}

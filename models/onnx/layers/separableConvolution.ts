import type { OnnxGraph, Value } from '../graph.js';
import { sharedConvolution } from './sharedConvolution.js';

export interface SeparableConvolutionOptions {
  readonly inChannels: number;
  readonly outChannels: number;
}

/**
 * EfficientDet's convolution: each channel filtered by itself over 3 × 3 pixels, then mixed, with bias. To be applied to several images with
 * the same weights.
 */
export function separableConvolution(
  graph: OnnxGraph,
  name: string,
  { inChannels, outChannels }: SeparableConvolutionOptions,
): (input: Value) => Value {
  const depthwise = { inChannels, outChannels: inChannels, kernel: 3, groups: inChannels };
  const filter = sharedConvolution(graph, `${name}.depthwise_conv.conv`, depthwise);
  const mix = sharedConvolution(graph, `${name}.pointwise_conv.conv`, { inChannels, outChannels, kernel: 1, bias: true });
  return (input) => mix(filter(input));
}

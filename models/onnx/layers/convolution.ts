import type { OnnxGraph, Value } from '../graph.js';

export interface ConvolutionOptions {
  readonly inChannels: number;
  readonly outChannels: number;
  /** Height and width of the window. */
  readonly kernel: number;
  readonly stride?: number;
  /** `inChannels` makes it depthwise. */
  readonly groups?: number;
}

/** A square convolution without bias over NCHW, padded so that stride 1 keeps the size; weights `<name>.weight` in PyTorch's layout. */
export function convolution(graph: OnnxGraph, input: Value, name: string, options: ConvolutionOptions): Value {
  const { inChannels, outChannels, kernel, stride = 1, groups = 1 } = options;
  const channelsPerGroup = inChannels / groups;
  const padding = Math.floor(kernel / 2);
  const shape = [outChannels, channelsPerGroup, kernel, kernel];
  const weight = graph.weight(`${name}.weight`, shape, channelsPerGroup * kernel * kernel);
  return graph.node('Conv', [input, weight], {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads: [padding, padding, padding, padding],
    group: groups,
  });
}

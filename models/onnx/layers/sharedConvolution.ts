import type { OnnxGraph, Value } from '../graph.js';

export interface ConvolutionOptions {
  readonly inChannels: number;
  readonly outChannels: number;
  /** Height and width of the window. */
  readonly kernel: number;
  readonly stride?: number;
  /** `inChannels` makes it depthwise. */
  readonly groups?: number;
  /** Rows before and after the image, and columns likewise; half the window by default, so that stride 1 keeps the size. */
  readonly padding?: readonly [before: number, after: number];
  /** One number per output channel; without by default. */
  readonly bias?: boolean;
}

/**
 * A square convolution over NCHW, to be applied to several images with the same weights: `<name>.weight` and `<name>.bias` in PyTorch's
 * layout.
 */
export function sharedConvolution(graph: OnnxGraph, name: string, options: ConvolutionOptions): (input: Value) => Value {
  const { inChannels, outChannels, kernel, stride = 1, groups = 1, bias = false } = options;
  const half = Math.floor(kernel / 2);
  const [before, after] = options.padding ?? [half, half];
  const channelsPerGroup = inChannels / groups;
  const shape = [outChannels, channelsPerGroup, kernel, kernel];
  const parameters = [graph.weight(`${name}.weight`, shape, channelsPerGroup * kernel * kernel)];
  if (bias) parameters.push(graph.parameter(`${name}.bias`, [outChannels], new Float32Array(outChannels)));
  return (input) =>
    graph.node('Conv', [input, ...parameters], {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [before, before, after, after],
      group: groups,
    });
}

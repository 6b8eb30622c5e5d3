import type { OnnxGraph, Value } from '../graph.js';
import { batchNormalization } from './batchNormalization.js';
import { convolution } from './convolution.js';
import { type InvertedResidual, invertedResidual } from './invertedResidual.js';
import { relu6 } from './relu6.js';

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

export interface MobilenetV2Features {
  /** The network's blocks, in their order. */
  readonly blocks: readonly InvertedResidual[];
  /** 1280 channels, a 32nd of the image's size. */
  readonly last: Value;
}

/** MobileNetV2 of width 1 up to where it would be pooled, with the parameter names of torchvision's `mobilenet_v2`. */
export function mobilenetV2Features(graph: OnnxGraph, input: Value): MobilenetV2Features {
  let value = convolution(graph, input, 'features.0.0', { inChannels: 3, outChannels: 32, kernel: 3, stride: 2 });
  value = relu6(graph, batchNormalization(graph, value, 'features.0.1', 32));
  let inChannels = 32;
  const blocks: InvertedResidual[] = [];
  for (const [expansion, outChannels, repeats, firstStride] of STAGES) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const stride = repeat === 0 ? firstStride : 1;
      const name = `features.${blocks.length + 1}`;
      const block = invertedResidual(graph, value, name, { inChannels, outChannels, stride, expansion });
      blocks.push(block);
      value = block.output;
      inChannels = outChannels;
    }
  }
  const name = `features.${blocks.length + 1}`;
  value = convolution(graph, value, `${name}.0`, { inChannels, outChannels: 1280, kernel: 1 });
  return { blocks, last: relu6(graph, batchNormalization(graph, value, `${name}.1`, 1280)) };
}

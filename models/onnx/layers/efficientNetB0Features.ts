import type { OnnxGraph, Value } from '../graph.js';
import { convolution } from './convolution.js';
import { efficientNetNormalization } from './efficientNetNormalization.js';
import { mbConv } from './mbConv.js';
import { samePadding } from './samePadding.js';
import { silu } from './silu.js';

/** Expansion, output channels, repeats, stride of the first, kernel. Tan and Le 2019, https://arxiv.org/abs/1905.11946, table 1. */
const STAGES = [
  [1, 16, 1, 1, 3],
  [6, 24, 2, 2, 3],
  [6, 40, 2, 2, 5],
  [6, 80, 3, 2, 3],
  [6, 112, 3, 1, 5],
  [6, 192, 4, 2, 5],
  [6, 320, 1, 1, 3],
] as const;

export interface FeatureMap {
  readonly value: Value;
  readonly channels: number;
}

/** EfficientNet-B0 without its classifier: the last map of each stage, from half of the image's size to a 32nd. */
export function efficientNetB0Features(graph: OnnxGraph, input: Value, name: string): readonly FeatureMap[] {
  const padding = samePadding(3, 2);
  let value = convolution(graph, input, `${name}._conv_stem`, { inChannels: 3, outChannels: 32, kernel: 3, stride: 2, padding });
  value = silu(graph, efficientNetNormalization(graph, value, `${name}._bn0`, 32));
  let inChannels = 32;
  let block = 0;
  return STAGES.map(([expansion, outChannels, repeats, firstStride, kernel]) => {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const stride = repeat === 0 ? firstStride : 1;
      const options = { inChannels, outChannels, kernel, stride, expansion };
      value = mbConv(graph, value, `${name}._blocks.${block}`, options);
      inChannels = outChannels;
      block += 1;
    }
    return { value, channels: outChannels };
  });
}

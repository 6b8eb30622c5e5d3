import type { OnnxGraph, Value } from '../graph.js';
import { efficientNetNormalization } from './efficientNetNormalization.js';
import { halved } from './halved.js';
import { separableConvolution } from './separableConvolution.js';
import { silu } from './silu.js';
import { upsampled } from './upsampled.js';
import { weightedFusion } from './weightedFusion.js';

/** Maps of levels 3 to 7, each half as large as the one before. */
export type Pyramid = readonly [Value, Value, Value, Value, Value];

/**
 * A cell of EfficientDet's bidirectional feature pyramid: from the smallest map up to the largest and down again, at each step fused with
 * what came in. Parameters are named as in Yet-Another-EfficientDet-Pytorch. Source: Tan et al. 2020, https://arxiv.org/abs/1911.09070,
 * figure 3.
 *
 * @param again levels 4 and 5 once more for the way down, which the first cell convolves on their own
 */
export function biFpn(
  graph: OnnxGraph,
  [in3, in4, in5, in6, in7]: Pyramid,
  again: readonly [level4: Value, level5: Value],
  name: string,
  channels: number,
): Pyramid {
  const fused = (inputs: readonly Value[], weights: string, convolution: string): Value => {
    const mixed = silu(graph, weightedFusion(graph, inputs, `${name}.${weights}`));
    const options = { inChannels: channels, outChannels: channels };
    const convolved = separableConvolution(graph, `${name}.${convolution}`, options)(mixed);
    return efficientNetNormalization(graph, convolved, `${name}.${convolution}.bn`, channels);
  };
  const up = (value: Value): Value => upsampled(graph, value);
  const half = (value: Value): Value => halved(graph, value);
  const mid6 = fused([in6, up(in7)], 'p6_w1', 'conv6_up');
  const mid5 = fused([in5, up(mid6)], 'p5_w1', 'conv5_up');
  const mid4 = fused([in4, up(mid5)], 'p4_w1', 'conv4_up');
  const out3 = fused([in3, up(mid4)], 'p3_w1', 'conv3_up');
  const out4 = fused([again[0], mid4, half(out3)], 'p4_w2', 'conv4_down');
  const out5 = fused([again[1], mid5, half(out4)], 'p5_w2', 'conv5_down');
  const out6 = fused([in6, mid6, half(out5)], 'p6_w2', 'conv6_down');
  return [out3, out4, out5, out6, fused([in7, half(out6)], 'p7_w2', 'conv7_down')];
}

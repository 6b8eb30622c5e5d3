import { OnnxGraph, type Value } from '../graph.js';
import { biFpn, type Pyramid } from '../layers/biFpn.js';
import { convolution } from '../layers/convolution.js';
import { detectionHead } from '../layers/detectionHead.js';
import { efficientNetB0Features, type FeatureMap } from '../layers/efficientNetB0Features.js';
import { efficientNetNormalization } from '../layers/efficientNetNormalization.js';
import { halved } from '../layers/halved.js';

/** Tan et al. 2020, https://arxiv.org/abs/1911.09070, table 1, D0. */
const CHANNELS = 64;
const CELLS = 3;
const DEPTH = 3;
/** Three scales of three shapes. */
const ANCHORS = 9;
const CLASSES = 90;
const STRIDES = [8, 16, 32, 64, 128] as const;

/**
 * EfficientDet-D0: EfficientNet-B0, three cells of a bidirectional feature pyramid, and heads for boxes and classes that all levels share.
 * Layers and parameter names of Yet-Another-EfficientDet-Pytorch, the implementation whose count of parameters is quoted.
 * Its outputs are the raw heads, a row per anchor: boxes as the anchors' offsets, and scores after the sigmoid. Decoding them and
 * non-maximum suppression are left to the caller, as they are not the network's.
 * Source: https://github.com/zylo117/Yet-Another-EfficientDet-Pytorch/blob/master/efficientdet/model.py
 *
 * @param size height and width of the image, a multiple of 128; D0's own is 512, and with it there are 49104 anchors
 */
export function efficientdetD0(size: number): OnnxGraph {
  const graph = new OnnxGraph('efficientdet_d0', 1, 17);
  const image = graph.input('x', 'float32', [1, 3, size, size]);
  const stages = efficientNetB0Features(graph, image, 'backbone_net.model');
  const [level3, level4, level5] = [stages[2]!, stages[4]!, stages[6]!];
  // The first cell's levels 3 to 5 are the backbone's, each convolved to the pyramid's channels; 4 and 5 twice, once per way.
  const down = ({ value, channels }: FeatureMap, name: string): Value => {
    const options = { inChannels: channels, outChannels: CHANNELS, kernel: 1, bias: true };
    const convolved = convolution(graph, value, `bifpn.0.${name}.0.conv`, options);
    return efficientNetNormalization(graph, convolved, `bifpn.0.${name}.1`, CHANNELS);
  };
  const level6 = halved(graph, down(level5, 'p5_to_p6'));
  let pyramid: Pyramid = [
    down(level3, 'p3_down_channel'),
    down(level4, 'p4_down_channel'),
    down(level5, 'p5_down_channel'),
    level6,
    halved(graph, level6),
  ];
  let again: readonly [Value, Value] = [down(level4, 'p4_down_channel_2'), down(level5, 'p5_down_channel_2')];
  for (let cell = 0; cell < CELLS; cell++) {
    pyramid = biFpn(graph, pyramid, again, `bifpn.${cell}`, CHANNELS);
    again = [pyramid[1], pyramid[2]];
  }
  const head = (name: string, numbers: number): Value =>
    detectionHead(graph, pyramid, name, { channels: CHANNELS, depth: DEPTH, anchors: ANCHORS, numbers });
  const rows = STRIDES.reduce((sum, stride) => sum + ANCHORS * (size / stride) ** 2, 0);
  graph.output(head('regressor', 4), 'boxes', 'float32', [1, rows, 4]);
  graph.output(graph.node('Sigmoid', [head('classifier', CLASSES)]), 'scores', 'float32', [1, rows, CLASSES]);
  return graph;
}

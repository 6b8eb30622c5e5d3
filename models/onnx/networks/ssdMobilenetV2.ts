import { OnnxGraph, type Value } from '../graph.js';
import { batchNormalization } from '../layers/batchNormalization.js';
import { convolution } from '../layers/convolution.js';
import { mobilenetV2Features } from '../layers/mobilenetV2Features.js';
import { perAnchor } from '../layers/perAnchor.js';
import { relu6 } from '../layers/relu6.js';

/** 90 of COCO and the background. */
const CLASSES = 91;
/** The block whose expansion is the first map to be looked at, of a 16th of the image's size: `layer_15/expansion_output` there. */
const FIRST_MAP = { block: 13, channels: 576, anchors: 3 };
const ANCHORS = 6;
/** Narrow and output channels of the maps behind MobileNetV2, each half as large as the one before. */
const EXTRA = [
  [256, 512],
  [128, 256],
  [128, 256],
  [64, 128],
] as const;

/**
 * SSD on MobileNetV2 as `ssd_mobilenet_v2_coco` of TensorFlow's object detection API: six maps, predicted from by 1 × 1 convolutions.
 * Its outputs are the raw heads, a row per anchor: boxes as the anchors' offsets, and scores after the sigmoid. Decoding them and
 * non-maximum suppression are left to the caller, as they are not the network's.
 * Source: https://github.com/tensorflow/models/blob/master/research/object_detection/samples/configs/ssd_mobilenet_v2_coco.config
 *
 * @param size height and width of the image; the network that was published has 300, and with it 1917 anchors
 */
export function ssdMobilenetV2(size: number): OnnxGraph {
  const graph = new OnnxGraph('ssd_mobilenet_v2', 1, 17);
  const { blocks, last } = mobilenetV2Features(graph, graph.input('x', 'float32', [1, 3, size, size]));
  const maps = [
    { value: blocks[FIRST_MAP.block]!.expanded, channels: FIRST_MAP.channels, anchors: FIRST_MAP.anchors },
    { value: last, channels: 1280, anchors: ANCHORS },
  ];
  for (const [i, [narrow, channels]] of EXTRA.entries()) {
    const { value, channels: inChannels } = maps.at(-1)!;
    const squeezed = normalized(graph, value, `extra.${i}.0`, { inChannels, outChannels: narrow, kernel: 1, stride: 1 });
    const halved = { inChannels: narrow, outChannels: channels, kernel: 3, stride: 2 };
    maps.push({ value: normalized(graph, squeezed, `extra.${i}.1`, halved), channels, anchors: ANCHORS });
  }
  const predicted = (name: string, numbers: number): Value => {
    const tables = maps.map(({ value, channels, anchors }, i) => {
      const options = { inChannels: channels, outChannels: anchors * numbers, kernel: 1, bias: true };
      return perAnchor(graph, convolution(graph, value, `${name}.${i}`, options), numbers);
    });
    return graph.node('Concat', tables, { axis: 1 });
  };
  const rows = anchorsOf(size);
  graph.output(predicted('box_predictor', 4), 'boxes', 'float32', [1, rows, 4]);
  graph.output(graph.node('Sigmoid', [predicted('class_predictor', CLASSES)]), 'scores', 'float32', [1, rows, CLASSES]);
  return graph;
}

type Size = Readonly<Record<'inChannels' | 'outChannels' | 'kernel' | 'stride', number>>;

function normalized(graph: OnnxGraph, input: Value, name: string, size: Size): Value {
  const convolved = convolution(graph, input, `${name}.conv`, size);
  return relu6(graph, batchNormalization(graph, convolved, `${name}.bn`, size.outChannels));
}

function anchorsOf(size: number): number {
  let rows = Math.ceil(size / 16) ** 2 * FIRST_MAP.anchors;
  let side = Math.ceil(size / 32);
  for (let map = 0; map <= EXTRA.length; map++) {
    rows += side ** 2 * ANCHORS;
    side = Math.ceil(side / 2);
  }
  return rows;
}

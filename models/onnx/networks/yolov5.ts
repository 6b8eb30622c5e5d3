import { OnnxGraph, type Value } from '../graph.js';
import { c3 } from '../layers/c3.js';
import { convolution } from '../layers/convolution.js';
import { convolutionSilu } from '../layers/convolutionSilu.js';
import { perAnchor } from '../layers/perAnchor.js';
import { sppf } from '../layers/sppf.js';
import { upsampled } from '../layers/upsampled.js';

export interface Yolov5Options {
  /** As the network's graph is called, e.g. `yolov5s`. */
  readonly name: string;
  /** What the numbers of bottlenecks are multiplied by. */
  readonly depth: number;
  /** What the numbers of channels are multiplied by. */
  readonly width: number;
  /** Height and width of the image, a multiple of 32; 640 as published. */
  readonly size: number;
}

/** A box, whether there is anything in it, and the 80 classes of COCO. */
const NUMBERS = 4 + 1 + 80;
const ANCHORS = 3;
const STRIDES = [8, 16, 32] as const;

/**
 * YOLOv5 with the layers and parameter names of its version 6 and 7: https://github.com/ultralytics/yolov5/blob/v7.0/models/yolov5l.yaml.
 * Its output is the raw heads after the sigmoid, a row per anchor. Decoding the boxes and non-maximum suppression are left to the caller,
 * as they are not the network's.
 */
export function yolov5({ name, depth, width, size }: Yolov5Options): OnnxGraph {
  const graph = new OnnxGraph(name, 1, 17);
  const channelsOf = (full: number): number => Math.ceil((full * width) / 8) * 8;
  const repeatsOf = (full: number): number => Math.max(Math.round(full * depth), 1);
  const convolve = (input: Value, layer: number, inChannels: number, outChannels: number, stride: number): Value =>
    convolutionSilu(graph, input, `model.${layer}`, { inChannels, outChannels, kernel: stride === 1 ? 1 : 3, stride });
  const block = (input: Value, layer: number, inChannels: number, outChannels: number, repeats: number, shortcut: boolean) =>
    c3(graph, input, `model.${layer}`, { inChannels, outChannels, repeats: repeatsOf(repeats), shortcut });
  const beside = (a: Value, b: Value): Value => graph.node('Concat', [a, b], { axis: 1 });
  const c2 = channelsOf(64);
  const c4 = channelsOf(128);
  const c8 = channelsOf(256);
  const c16 = channelsOf(512);
  const c32 = channelsOf(1024);

  const image = graph.input('images', 'float32', [1, 3, size, size]);
  const stem = { inChannels: 3, outChannels: c2, kernel: 6, stride: 2, padding: [2, 2] as const };
  const to2 = convolutionSilu(graph, image, 'model.0', stem);
  const to4 = block(convolve(to2, 1, c2, c4, 2), 2, c4, c4, 3, true);
  const to8 = block(convolve(to4, 3, c4, c8, 2), 4, c8, c8, 6, true);
  const to16 = block(convolve(to8, 5, c8, c16, 2), 6, c16, c16, 9, true);
  const to32 = sppf(graph, block(convolve(to16, 7, c16, c32, 2), 8, c32, c32, 3, true), 'model.9', c32);

  const up32 = convolve(to32, 10, c32, c16, 1);
  const joined16 = block(beside(upsampled(graph, up32), to16), 13, 2 * c16, c16, 3, false);
  const up16 = convolve(joined16, 14, c16, c8, 1);
  const out8 = block(beside(upsampled(graph, up16), to8), 17, 2 * c8, c8, 3, false);
  const out16 = block(beside(convolve(out8, 18, c8, c8, 2), up16), 20, 2 * c8, c16, 3, false);
  const out32 = block(beside(convolve(out16, 21, c16, c16, 2), up32), 23, 2 * c16, c32, 3, false);

  const levels = [
    [out8, c8],
    [out16, c16],
    [out32, c32],
  ] as const;
  const tables = levels.map(([value, inChannels], i) => {
    const options = { inChannels, outChannels: ANCHORS * NUMBERS, kernel: 1, bias: true };
    return perAnchor(graph, convolution(graph, value, `model.24.m.${i}`, options), NUMBERS);
  });
  const rows = STRIDES.reduce((sum, stride) => sum + ANCHORS * (size / stride) ** 2, 0);
  const predicted = graph.node('Sigmoid', [graph.node('Concat', tables, { axis: 1 })]);
  graph.output(predicted, 'predictions', 'float32', [1, rows, NUMBERS]);
  return graph;
}

import type { OnnxGraph, Value } from '../graph.js';
import { convolutionSilu } from './convolutionSilu.js';

/**
 * YOLOv5's `SPPF`, fast spatial pyramid pooling: the maximum over 5 × 5 pixels, thrice in a row, each result beside the others.
 * Source: https://github.com/ultralytics/yolov5/blob/v7.0/models/common.py
 */
export function sppf(graph: OnnxGraph, input: Value, name: string, channels: number): Value {
  const half = channels / 2;
  const levels = [convolutionSilu(graph, input, `${name}.cv1`, { inChannels: channels, outChannels: half, kernel: 1 })];
  for (let i = 0; i < 3; i++) {
    levels.push(graph.node('MaxPool', [levels[i]!], { kernel_shape: [5, 5], strides: [1, 1], pads: [2, 2, 2, 2] }));
  }
  const beside = graph.node('Concat', levels, { axis: 1 });
  return convolutionSilu(graph, beside, `${name}.cv2`, { inChannels: half * levels.length, outChannels: channels, kernel: 1 });
}

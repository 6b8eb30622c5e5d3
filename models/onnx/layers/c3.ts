import type { OnnxGraph, Value } from '../graph.js';
import { convolutionSilu } from './convolutionSilu.js';

export interface C3Options {
  readonly inChannels: number;
  readonly outChannels: number;
  /** Bottlenecks, one after the other. */
  readonly repeats: number;
  /** Whether a bottleneck adds its input. */
  readonly shortcut: boolean;
}

/**
 * YOLOv5's `C3`: one half of the channels goes through bottlenecks, the other past them, and a convolution joins them.
 * Source: https://github.com/ultralytics/yolov5/blob/v7.0/models/common.py
 */
export function c3(graph: OnnxGraph, input: Value, name: string, options: C3Options): Value {
  const { inChannels, outChannels, repeats, shortcut } = options;
  const half = outChannels / 2;
  const inner = { inChannels: half, outChannels: half };
  let value = convolutionSilu(graph, input, `${name}.cv1`, { inChannels, outChannels: half, kernel: 1 });
  for (let i = 0; i < repeats; i++) {
    const narrow = convolutionSilu(graph, value, `${name}.m.${i}.cv1`, { ...inner, kernel: 1 });
    const filtered = convolutionSilu(graph, narrow, `${name}.m.${i}.cv2`, { ...inner, kernel: 3 });
    value = shortcut ? graph.node('Add', [value, filtered]) : filtered;
  }
  const past = convolutionSilu(graph, input, `${name}.cv2`, { inChannels, outChannels: half, kernel: 1 });
  const both = graph.node('Concat', [value, past], { axis: 1 });
  return convolutionSilu(graph, both, `${name}.cv3`, { inChannels: outChannels, outChannels, kernel: 1 });
}

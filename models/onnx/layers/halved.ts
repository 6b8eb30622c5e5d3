import type { OnnxGraph, Value } from '../graph.js';
import { samePadding } from './samePadding.js';

/** An image of half the height and width: the maximum over 3 × 3 pixels at every second one. */
export function halved(graph: OnnxGraph, input: Value): Value {
  const [before, after] = samePadding(3, 2);
  return graph.node('MaxPool', [input], { kernel_shape: [3, 3], strides: [2, 2], pads: [before, before, after, after] });
}

import type { OnnxGraph } from '../../../models/onnx/graph.js';

/** The shape of each constant of a graph, by its name. */
export function parameterShapes(graph: OnnxGraph): Record<string, readonly number[]> {
  return Object.fromEntries(graph.constants.map(({ name, shape }) => [name, shape]));
}

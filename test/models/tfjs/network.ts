import { OnnxGraph } from '../../../models/onnx/graph.js';

/** A graph with one input `x`; `layers` add nodes and return the value of its output `y`. */
export function network(shape: readonly number[], output: readonly number[], layers: (graph: OnnxGraph) => string): OnnxGraph {
  const graph = new OnnxGraph('test', 3, 17);
  graph.input('x', 'float32', shape);
  graph.output(layers(graph), 'y', 'float32', output);
  return graph;
}

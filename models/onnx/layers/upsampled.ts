import type { OnnxGraph, Value } from '../graph.js';

/** An image of twice the height and width, each pixel repeated. */
export function upsampled(graph: OnnxGraph, input: Value): Value {
  const factors = graph.constant('upsampled.factors', [4], Float32Array.of(1, 1, 2, 2));
  // Exporters of PyTorch write these attributes for its nearest-neighbour interpolation.
  return graph.node('Resize', [input, '', factors], {
    mode: 'nearest',
    coordinate_transformation_mode: 'asymmetric',
    nearest_mode: 'floor',
  });
}

import type { OnnxGraph, Value } from '../graph.js';

/**
 * x · (1 + erf(x / √2)) / 2, in the five operators that PyTorch's exporter writes before operator set 20; runtimes fuse them.
 * Source: Hendrycks & Gimpel 2016, https://arxiv.org/abs/1606.08415
 */
export function gelu(graph: OnnxGraph, input: Value): Value {
  const scalar = (name: string, value: number) => graph.constant(`gelu.${name}`, [], Float32Array.of(value));
  const error = graph.node('Erf', [graph.node('Div', [input, scalar('root', Math.SQRT2)])]);
  const doubled = graph.node('Mul', [input, graph.node('Add', [error, scalar('one', 1)])]);
  return graph.node('Mul', [doubled, scalar('half', 0.5)]);
}

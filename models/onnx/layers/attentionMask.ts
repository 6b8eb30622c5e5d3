import type { OnnxGraph, Value } from '../graph.js';

/** ONNX's number for float32. */
const FLOAT = 1;

/**
 * What is added to attention's scores, [batch, 1, 1, tokens]: 0 for a token that the given mask has as 1, and −10000, of which softmax
 * makes 0, for one that only fills up. As in BERT's own code: https://github.com/google-research/bert/blob/master/modeling.py,
 * `attention_layer`.
 */
export function attentionMask(graph: OnnxGraph, mask: Value): Value {
  const axes = graph.constant('mask.axes', [2], BigInt64Array.of(1n, 2n));
  const one = graph.constant('mask.one', [], Float32Array.of(1));
  const lowest = graph.constant('mask.lowest', [], Float32Array.of(-10_000));
  const seen = graph.node('Cast', [graph.node('Unsqueeze', [mask, axes])], { to: FLOAT });
  return graph.node('Mul', [graph.node('Sub', [one, seen]), lowest]);
}

import type { OnnxGraph, Value } from '../graph.js';

/** Batch normalization as of an untrained layer: scale 1, shift 0, running mean 0, running variance 1. `epsilon` is PyTorch's unless given. */
export function batchNormalization(graph: OnnxGraph, input: Value, name: string, channels: number, epsilon = 1e-5): Value {
  const filled = (value: number) => new Float32Array(channels).fill(value);
  const scale = graph.parameter(`${name}.weight`, [channels], filled(1));
  const shift = graph.parameter(`${name}.bias`, [channels], filled(0));
  const mean = graph.constant(`${name}.running_mean`, [channels], filled(0));
  const variance = graph.constant(`${name}.running_var`, [channels], filled(1));
  return graph.node('BatchNormalization', [input, scale, shift, mean, variance], { epsilon: { float: epsilon } });
}

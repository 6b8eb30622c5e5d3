import type { LiteTensor } from '../graph.js';
import type { Operator } from '../translation.js';

/** FusedBatchNormV3 that no convolution took in: MUL and ADD with what is known beforehand, x · s + (offset − mean · s). */
export const batchNormalization: Operator = (translation, node) => {
  const [inputName, ...statistics] = node.inputs as [string, ...string[]];
  const input = translation.tensor(inputName);
  const [scale, offset, mean, variance] = statistics.map((name) => translation.numbers(name));
  if (!scale || !offset || !mean || !variance)
    throw new Error('Batch normalization with computed statistics has no translation to LiteRT.');
  const epsilon = (node.attributes.epsilon as { f: number }).f;
  const factors = Float32Array.from(scale, (value, i) => value / Math.sqrt(variance[i]! + epsilon));
  const shifts = Float32Array.from(offset, (value, i) => value - mean[i]! * factors[i]!);
  const vector = (part: string, values: Float32Array): LiteTensor =>
    translation.constant(`${node.name}/${part}`, [values.length], values);
  const { shape } = input;
  const scaled = translation.add('MUL', [input, vector('factors', factors)], { name: `${node.name}/scaled`, shape });
  translation.add('ADD', [scaled, vector('shifts', shifts)], { name: node.name, shape });
};

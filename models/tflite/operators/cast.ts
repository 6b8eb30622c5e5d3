import { TENSOR_TYPE_NUMBERS } from '../schema.js';
import type { Operator } from '../translation.js';

const TYPES: Readonly<Record<string, 'float32' | 'int32'>> = { DT_FLOAT: 'float32', DT_INT32: 'int32' };

export const cast: Operator = (translation, node) => {
  const input = translation.tensor(node.inputs[0]!);
  const wanted = node.attributes.DstT;
  const type = wanted && 'type' in wanted ? TYPES[wanted.type] : undefined;
  if (!type) throw new Error('Cast to another type than float32 and int32 has no translation to LiteRT.');
  const options = { from: TENSOR_TYPE_NUMBERS[input.type], to: TENSOR_TYPE_NUMBERS[type] };
  translation.add('CAST', [input], { name: node.name, shape: input.shape, type }, options);
};

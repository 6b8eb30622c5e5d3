import { elementCount } from '../../src/bundle/tensor.js';
import type { Translated, Translation } from './translation.js';

/**
 * Adds a Reshape, in ONNX's order of the elements. TensorFlow has one -1 for what it does not know beforehand: what is left, or a
 * dimension that is chosen at run time.
 *
 * @param name of the node
 * @param wanted a dimension of -1 is what is left; a string is the name of one that is chosen at run time
 * @throws Error where more than one dimension is unknown
 */
export function reshapedTo(
  translation: Translation,
  name: string,
  input: Translated,
  wanted: readonly (number | string)[],
): Translated {
  const sizes = wanted.map((size) => (typeof size === 'string' ? -1 : size));
  if (sizes.filter((size) => size === -1).length > 1) {
    throw new Error('A Reshape with more than one dimension of unknown size has no translation to TF.js.');
  }
  const shape = translation.ints(`${name}/shape`, sizes);
  translation.graph.node(name, 'Reshape', [translation.inOnnxOrder(input), shape], { Tshape: { type: 'DT_INT32' } });
  return { node: name, shape: wanted.map((size) => (size === -1 ? rest(wanted, input) : size)), channelsLast: false };
}

function rest(wanted: readonly (number | string)[], { shape }: Translated): number | string {
  const sizes = shape.filter((size) => typeof size === 'number');
  if (sizes.length < shape.length) return '?';
  return elementCount(sizes) / elementCount(wanted.filter((size) => typeof size === 'number' && size !== -1) as number[]);
}

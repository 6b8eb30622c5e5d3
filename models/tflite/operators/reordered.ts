import { permuted, transposed } from '../../../src/bundle/tensor.js';
import type { LiteTensor } from '../graph.js';
import type { Translation } from '../translation.js';

/**
 * A constant of float32 with its dimensions in another order; it is made when the file is written.
 *
 * @throws Error for a tensor that is computed: LiteRT's layers want to know their weights beforehand
 */
export function reordered(translation: Translation, tensor: LiteTensor, order: readonly number[]): LiteTensor {
  const { name, type, shape, data } = tensor;
  if (data === null || type !== 'float32')
    throw new Error(`${name} is not a constant, so its layer has no translation to LiteRT.`);
  return translation.constant(`${name}/${order.join('')}`, permuted(shape, order), () => {
    const moved = transposed({ name, type, shape, data: data() }, order).data;
    return new Float32Array(moved.buffer, moved.byteOffset, moved.byteLength / 4);
  });
}

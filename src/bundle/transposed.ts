import type { TensorValue } from './tensor.js';
import { tensorView } from './tensorView.js';

/** From channels first (NCHW, as ONNX has images) to channels last (NHWC, as TensorFlow has them), and back. */
export const TO_CHANNELS_LAST = [0, 2, 3, 1];
export const TO_CHANNELS_FIRST = [0, 3, 1, 2];

/** The tensor with its dimensions in another order: dimension i of the result is dimension `order[i]` of the tensor. */
export function transposed(tensor: TensorValue, order: readonly number[]): TensorValue {
  const source = tensorView(tensor.type, tensor.data);
  const result = source.slice();
  const shape = permuted(tensor.shape, order);
  const steps = permuted(strides(tensor.shape), order);
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = source[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += steps[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= steps[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return { ...tensor, shape, data: new Uint8Array(result.buffer, result.byteOffset, result.byteLength) };
}

/** A shape in another order of its dimensions. */
export function permuted<T>(shape: readonly T[], order: readonly number[]): T[] {
  return order.map((axis) => shape[axis]!);
}

function strides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
}

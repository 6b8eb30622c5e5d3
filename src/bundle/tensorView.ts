import { bytesPerElement, type TensorType } from './tensor.js';

export type TensorView =
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

type ViewConstructor = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => TensorView;

const VIEWS: Readonly<Record<TensorType, ViewConstructor>> = {
  float32: Float32Array,
  // The bits: Float16Array is missing in Node 20, and ONNX Runtime takes the bits everywhere.
  float16: Uint16Array,
  float64: Float64Array,
  int64: BigInt64Array,
  int32: Int32Array,
  int16: Int16Array,
  int8: Int8Array,
  uint64: BigUint64Array,
  uint32: Uint32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};

/**
 * A tensor's bytes as a typed array of its elements, in the form that ONNX Runtime's `Tensor` takes: float16 as its bits, bool
 * as bytes. Shares memory with `bytes` where their alignment allows it.
 */
export function tensorView(type: TensorType, bytes: Uint8Array): TensorView {
  const size = bytesPerElement(type);
  const aligned = bytes.byteOffset % size === 0 ? bytes : Uint8Array.from(bytes);
  return new VIEWS[type](aligned.buffer, aligned.byteOffset, aligned.byteLength / size);
}

/** Element types of a model's input and output tensors, with the names of ONNX Runtime's `Tensor`. */
export type TensorType = (typeof TENSOR_TYPES)[number];

/** Every `TensorType`. Strings and 4-bit integers are left out, since their elements have no whole number of bytes. */
export const TENSOR_TYPES = [
  'float32',
  'float16',
  'float64',
  'int64',
  'int32',
  'int16',
  'int8',
  'uint64',
  'uint32',
  'uint16',
  'uint8',
  'bool',
] as const;

/** A tensor with all dimensions known: an input of an iteration. */
export interface TensorSpec {
  readonly name: string;
  readonly type: TensorType;
  /** Empty for a scalar. */
  readonly shape: readonly number[];
}

/** A tensor as a model file declares it. */
export interface DeclaredTensor {
  readonly name: string;
  readonly type: TensorType;
  /**
   * A number is fixed. A string is the name of a dimension that is chosen at run time ('?' if the file does not name it).
   * Null if not even the number of dimensions is declared, as happens with outputs.
   */
  readonly shape: readonly (number | string)[] | null;
}

/** A tensor with its contents: row-major, little-endian. */
export interface TensorValue extends TensorSpec {
  readonly data: Uint8Array;
}

const BYTES_PER_ELEMENT: Readonly<Record<TensorType, number>> = {
  float32: 4,
  float16: 2,
  float64: 8,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint64: 8,
  uint32: 4,
  uint16: 2,
  uint8: 1,
  bool: 1,
};

export function bytesPerElement(type: TensorType): number {
  return BYTES_PER_ELEMENT[type];
}

/** Number of elements of a shape; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function byteLength(spec: TensorSpec): number {
  return elementCount(spec.shape) * bytesPerElement(spec.type);
}

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
  // As bits: Node 20 lacks Float16Array, and ONNX Runtime accepts the bits everywhere.
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
 * A tensor's bytes as a typed array of its elements, in the form of ONNX Runtime's `Tensor`: float16 as its bits, bool as bytes.
 * It shares memory with `bytes` if their alignment allows it.
 */
export function tensorView(type: TensorType, bytes: Uint8Array): TensorView {
  const size = bytesPerElement(type);
  const aligned = bytes.byteOffset % size === 0 ? bytes : Uint8Array.from(bytes);
  return new VIEWS[type](aligned.buffer, aligned.byteOffset, aligned.byteLength / size);
}

/** From channels first (NCHW, ONNX's order for images) to channels last (NHWC, TensorFlow's order), and back. */
export const TO_CHANNELS_LAST = [0, 2, 3, 1];
export const TO_CHANNELS_FIRST = [0, 3, 1, 2];

/** A tensor with its dimensions in another order: dimension i of the result is dimension `order[i]` of the tensor. */
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

/** A shape with its dimensions in another order. */
export function permuted<T>(shape: readonly T[], order: readonly number[]): T[] {
  return order.map((axis) => shape[axis]!);
}

function strides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
}

/** Element types of the tensors that go in and out of a model, named as ONNX Runtime's `Tensor` names them. */
export type TensorType = (typeof TENSOR_TYPES)[number];

/** Every `TensorType`. Strings and 4-bit integers are left out: they have no whole number of bytes per element. */
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

/** A tensor whose every dimension is known: what an iteration is fed with. */
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
   * A number is fixed; a string is the name of a dimension that is chosen at run time ('?' if the file gives it no name).
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

/** How many elements a shape holds; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function byteLength(spec: TensorSpec): number {
  return elementCount(spec.shape) * bytesPerElement(spec.type);
}

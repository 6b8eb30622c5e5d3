import { TensorProto_DataType as DataType } from 'onnx-buf';
import type { TensorType } from '../../src/bundle/tensor.js';

const ELEMENT_TYPES: Readonly<Record<TensorType, DataType>> = {
  float32: DataType.FLOAT,
  float16: DataType.FLOAT16,
  float64: DataType.DOUBLE,
  int64: DataType.INT64,
  int32: DataType.INT32,
  int16: DataType.INT16,
  int8: DataType.INT8,
  uint64: DataType.UINT64,
  uint32: DataType.UINT32,
  uint16: DataType.UINT16,
  uint8: DataType.UINT8,
  bool: DataType.BOOL,
};

const TENSOR_TYPES = new Map(Object.entries(ELEMENT_TYPES).map(([type, code]) => [code, type as TensorType]));

/** ONNX's number for an element type. */
export function elementTypeOf(type: TensorType): DataType {
  return ELEMENT_TYPES[type];
}

/** The element type that ONNX's number stands for; undefined for those that cannot go in or out of a model here. */
export function tensorTypeOf(elementType: number): TensorType | undefined {
  return TENSOR_TYPES.get(elementType);
}

/** ONNX's own name of an element type, e.g. BFLOAT16. */
export function elementTypeName(elementType: number): string {
  return DataType[elementType] ?? `element type ${elementType}`;
}

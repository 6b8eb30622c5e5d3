import type { TensorShapeProto_Dimension, ValueInfoProto } from 'onnx-buf';
import type { DeclaredTensor } from '../../src/bundle/tensor.js';
import { ModelError } from '../modelError.js';
import { elementTypeName, tensorTypeOf } from './elementType.js';

/**
 * An input or output as the file declares it.
 *
 * @throws ModelError for what is not a dense tensor of an element type that browsers can be given
 */
export function declaredTensor(file: string, role: 'input' | 'output', { name, type }: ValueInfoProto): DeclaredTensor {
  const remedy = `Export the model with tensors of numbers or booleans as its ${role}s.`;
  if (type?.value.case !== 'tensorType') {
    const kind = type?.value.case?.replace(/Type$/, '') ?? 'value without a type';
    throw new ModelError('unsupported', file, `its ${role} "${name}" is a ${kind}, not a tensor`, remedy);
  }
  const { elemType, shape } = type.value.value;
  const tensorType = tensorTypeOf(elemType);
  if (!tensorType) {
    const problem = `its ${role} "${name}" has elements of type ${elementTypeName(elemType)}, which cannot be passed in or out`;
    throw new ModelError('unsupported', file, problem, remedy);
  }
  return { name, type: tensorType, shape: shape ? shape.dim.map(dimension) : null };
}

function dimension({ value }: TensorShapeProto_Dimension): number | string {
  if (value.case === 'dimParam' && value.value !== '') return value.value;
  // Some exporters write -1, as their own frameworks do, where ONNX wants nothing.
  if (value.case === 'dimValue' && value.value >= 0n) return Number(value.value);
  return '?';
}

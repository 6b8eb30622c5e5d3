import { TensorProto_DataType as DataType, type ModelProto } from 'onnx-buf';
import { type StoredTensor, storedTensors } from './storedTensors.js';

const FLOATING_POINT: ReadonlySet<number> = new Set([DataType.FLOAT, DataType.FLOAT16, DataType.BFLOAT16, DataType.DOUBLE]);

/**
 * The numbers that a training framework would count: elements of the stored floating-point tensors, without the running
 * statistics of BatchNormalization, the factors of Resize and without single numbers, which are settings (the 6 of a ReLU6). An estimate: a graph
 * does not say what was trained, quantized weights are integers, and exporters may fold one weight into another.
 */
export function countParameters(model: ModelProto): number {
  const untrained = new Set<string>();
  for (const node of model.graph?.node ?? []) {
    // Inputs: X, scale, B, input_mean, input_var. https://onnx.ai/onnx/operators/onnx__BatchNormalization.html
    if (node.opType === 'BatchNormalization') for (const name of node.input.slice(3, 5)) untrained.add(name);
    // Inputs: X, roi, scales, sizes. https://onnx.ai/onnx/operators/onnx__Resize.html
    if (node.opType === 'Resize') for (const name of node.input.slice(1)) untrained.add(name);
  }
  let count = 0;
  for (const stored of storedTensors(model)) {
    const elements = elementsOf(stored);
    if (elements > 1 && FLOATING_POINT.has(stored.tensor.dataType) && !untrained.has(stored.name)) count += elements;
  }
  return count;
}

function elementsOf({ tensor }: StoredTensor): number {
  return tensor.dims.reduce((product, size) => product * Number(size), 1);
}

import type { OperatorNode, OperatorProfile } from '../../src/bundle/operatorLog.js';

/**
 * TF.js kernels and the ONNX operator that computes the same. A kernel that is missing has the same name in both, or no
 * counterpart.
 */
const ONNX_NAMES: Readonly<Record<string, string>> = {
  AddV2: 'Add',
  AvgPool: 'AveragePool',
  BatchMatMul: 'MatMul',
  ClipByValue: 'Clip',
  Conv2D: 'Conv',
  Conv2DBackpropInput: 'ConvTranspose',
  DepthwiseConv2dNative: 'Conv',
  FusedBatchNorm: 'BatchNormalization',
  FusedConv2D: 'Conv',
  FusedDepthwiseConv2D: 'Conv',
  GatherV2: 'Gather',
  Max: 'ReduceMax',
  Maximum: 'Max',
  Mean: 'ReduceMean',
  Min: 'ReduceMin',
  Minimum: 'Min',
  Multiply: 'Mul',
  PadV2: 'Pad',
  Prelu: 'PRelu',
  Prod: 'ReduceProd',
  RealDiv: 'Div',
  Relu6: 'Clip',
  ResizeBilinear: 'Resize',
  ResizeNearestNeighbor: 'Resize',
  SplitV: 'Split',
  StridedSlice: 'Slice',
  Sum: 'ReduceSum',
  _FusedMatMul: 'Gemm',
};

type Shape = readonly number[];

/**
 * A node in the terms of ONNX, so that one table of rules fits both frameworks. TF.js stores images as NHWC, and a convolution's
 * weights as height, width, inputs, outputs. Times, names and types are unchanged.
 */
export function inOnnxTerms(node: OperatorNode, graph: OperatorProfile['graph']): OperatorNode {
  if (graph === 'onnx') return node;
  const operator = Object.hasOwn(ONNX_NAMES, node.operator) ? ONNX_NAMES[node.operator]! : node.operator;
  const [data = [], weights = [], ...others] = node.inputs;
  const outputs = node.outputs.map(channelsFirst);
  if (operator === 'Conv' || operator === 'ConvTranspose') {
    const inputs = [channelsFirst(data), weightsOf(node.operator, weights), ...others.map((shape) => [...shape])];
    return { ...node, operator, inputs, outputs };
  }
  // TF.js multiplies matrices in batches; a single product is a batch of one.
  if (operator === 'Gemm')
    return { ...node, operator, inputs: node.inputs.map(withoutBatch), outputs: node.outputs.map(withoutBatch) };
  // Four dimensions are the heads of an attention here, not images.
  if (operator === 'MatMul' || operator === 'Softmax') return { ...node, operator };
  const inputs = node.inputs.map(channelsFirst);
  if (operator === 'ReduceMean' && isOverImage(data, node.outputs[0] ?? [])) {
    return { ...node, operator: 'GlobalAveragePool', inputs, outputs: [[data[0]!, data[3]!, 1, 1]] };
  }
  return { ...node, operator, inputs, outputs };
}

const channelsFirst = (shape: Shape): number[] =>
  shape.length === 4 ? [shape[0]!, shape[3]!, shape[1]!, shape[2]!] : [...shape];

const withoutBatch = (shape: Shape): number[] => (shape.length === 3 && shape[0] === 1 ? shape.slice(1) : [...shape]);

/** ONNX order: outputs, inputs of the group, height, width. A transposed convolution has inputs first. */
function weightsOf(kernel: string, shape: Shape): number[] {
  if (shape.length !== 4) return [...shape];
  const [height, width, third, fourth] = shape as [number, number, number, number];
  return /Depthwise/.test(kernel) ? [third * fourth, 1, height, width] : [fourth, third, height, width];
}

/** Whether an image is reduced to one number per channel. */
function isOverImage(data: Shape, result: Shape): boolean {
  const left = result.filter((size) => size !== 1);
  const channels = [data[0], data[3]].filter((size) => size !== 1);
  return data.length === 4 && left.length === channels.length && left.every((size, i) => size === channels[i]);
}

/**
 * Number of products in the sum for each element of a matrix product. It follows from the first matrix and the result, transposed
 * or not, since the second matrix is often missing. Null where the shapes do not fit.
 */
export function matrixTerms({ inputs: [first], outputs: [result] }: Pick<OperatorNode, 'inputs' | 'outputs'>): number | null {
  if (first === undefined || result === undefined || first.length === 0) return null;
  // A vector times a matrix, then a matrix times a vector.
  if (first.length === 1) return first[0]!;
  if (result.length < first.length) return first.at(-1)!;
  const terms = (first.at(-1)! * first.at(-2)!) / result.at(-2)!;
  return Number.isInteger(terms) ? terms : null;
}

import type { OperatorNode } from '../../src/bundle/operatorLog.js';
import { operatorType } from './node.js';

/**
 * What an operator computes, as far as it decides which kernel runs it: a convolution over each channel alone is another kernel than
 * one over all of them.
 */
export type OperatorKind = keyof typeof operatorKinds;

/** In the plural, for a sentence: "14 depthwise convolutions". */
export const operatorKinds = {
  depthwise: 'depthwise convolutions',
  pointwise: '1×1 convolutions',
  convolution: 'convolutions over a window',
  attention: 'attention products',
  product: 'matrix products',
  layout: 'copies and changes of layout',
  elementwise: 'elementwise operators',
  normalization: 'normalizations',
  reduction: 'poolings and reductions',
  resize: 'resizings',
  other: 'other operators',
} as const;

const typesOf = (names: string, kind: OperatorKind): [string, OperatorKind][] => names.split(' ').map((name) => [name, kind]);

/** By the types of ONNX and ONNX Runtime. */
const KINDS: ReadonlyMap<string, OperatorKind> = new Map([
  ...typesOf('Attention MultiHeadAttention GroupQueryAttention QAttention', 'attention'),
  ...typesOf('Gemm MatMul MatMulInteger MatMulNBits QLinearMatMul DynamicQuantizeMatMul Einsum', 'product'),
  ...typesOf('Transpose Reshape Flatten Squeeze Unsqueeze ExpandDims Identity Concat Split Slice Gather Pad', 'layout'),
  ...typesOf('Expand Tile Cast ReorderInput ReorderOutput DepthToSpace SpaceToDepth ScatterND GatherElements', 'layout'),
  ...typesOf('Add Sub Mul Div Pow Max Min PRelu Relu LeakyRelu Clip Elu Selu Sigmoid HardSigmoid HardSwish', 'elementwise'),
  ...typesOf('Tanh Softplus Abs Neg Exp Log Sqrt Rsqrt Square Reciprocal Erf Gelu QuickGelu Floor Ceil', 'elementwise'),
  ...typesOf('Round Sin Cos BiasGelu FastGelu Where Equal Greater Less Not And Or Sum Mean', 'elementwise'),
  ...typesOf('Softmax LogSoftmax LayerNormalization SkipLayerNormalization InstanceNormalization', 'normalization'),
  ...typesOf('BatchNormalization GroupNormalization SimplifiedLayerNormalization LRN LpNormalization', 'normalization'),
  ...typesOf('GlobalAveragePool GlobalMaxPool AveragePool MaxPool ReduceMean ReduceSum ReduceMax', 'reduction'),
  ...typesOf('ReduceMin ReduceProd ArgMax ArgMin TopK', 'reduction'),
  ...typesOf('Resize Upsample GridSample', 'resize'),
]);

/** Batch, head, row and column. */
const WITH_HEADS = 4;

/** @param node in the terms of ONNX, see `inOnnxTerms` */
export function operatorKind(node: Pick<OperatorNode, 'operator' | 'inputs' | 'outputs'>): OperatorKind {
  const type = operatorType(node);
  if (/Conv/.test(type)) return convolution(node.inputs[0] ?? [], node.inputs[1] ?? []);
  const kind = KINDS.get(type) ?? 'other';
  // Products of four dimensions are of the heads of an attention.
  return kind === 'product' && (node.outputs[0]?.length ?? 0) >= WITH_HEADS ? 'attention' : kind;
}

/** @param weights outputs, inputs of the group, height, width; empty where the profile omits them */
function convolution(data: readonly number[], weights: readonly number[]): OperatorKind {
  const [, perGroup, ...window] = weights;
  if (perGroup === 1 && (data[1] ?? 0) > 1) return 'depthwise';
  return window.length > 0 && window.every((size) => size === 1) ? 'pointwise' : 'convolution';
}

import type { Operator } from '../translation.js';
import { batchNormalization } from './batchNormalization.js';
import { cast } from './cast.js';
import { clip } from './clip.js';
import { concat } from './concat.js';
import { convolution } from './convolution.js';
import { elementwise } from './elementwise.js';
import { gather } from './gather.js';
import { matMul } from './matMul.js';
import { maxPool } from './maxPool.js';
import { pad } from './pad.js';
import { reduce } from './reduce.js';
import { reshape } from './reshape.js';
import { resize } from './resize.js';
import { slice } from './slice.js';
import { transpose } from './transpose.js';
import { unary } from './unary.js';

/** The operators of TensorFlow graphs that have a translation to LiteRT, by TensorFlow's names; `Gelu` is what `fuseGelu` makes. */
export const operators: Readonly<Record<string, Operator>> = {
  AddV2: elementwise('ADD'),
  BatchMatMulV2: matMul,
  BiasAdd: elementwise('ADD'),
  Cast: cast,
  ClipByValue: clip,
  ConcatV2: concat,
  Conv2D: convolution('CONV_2D'),
  DepthwiseConv2dNative: convolution('DEPTHWISE_CONV_2D'),
  FusedBatchNormV3: batchNormalization,
  FusedDepthwiseConv2dNative: convolution('DEPTHWISE_CONV_2D'),
  GatherV2: gather,
  Gelu: unary('GELU'),
  MatMul: matMul,
  MaxPool: maxPool,
  Mean: reduce('MEAN'),
  Mul: elementwise('MUL'),
  Neg: unary('NEG'),
  PadV2: pad,
  RealDiv: elementwise('DIV'),
  Relu: unary('RELU'),
  Relu6: unary('RELU6'),
  Reshape: reshape,
  ResizeNearestNeighbor: resize,
  Rsqrt: unary('RSQRT'),
  Sigmoid: unary('LOGISTIC'),
  Slice: slice,
  Softmax: unary('SOFTMAX', { beta: 1 }),
  SquaredDifference: elementwise('SQUARED_DIFFERENCE'),
  Sub: elementwise('SUB'),
  Sum: reduce('SUM'),
  Tanh: unary('TANH'),
  Transpose: transpose,
  _FusedConv2D: convolution('CONV_2D'),
  _FusedMatMul: matMul,
};

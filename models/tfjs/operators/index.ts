import type { Operator } from '../translation.js';
import { batchNormalization } from './batchNormalization.js';
import { cast } from './cast.js';
import { clip } from './clip.js';
import { concat } from './concat.js';
import { convolution } from './convolution.js';
import { elementwise } from './elementwise.js';
import { flatten } from './flatten.js';
import { gather } from './gather.js';
import { gemm } from './gemm.js';
import { globalAveragePool } from './globalAveragePool.js';
import { identity } from './identity.js';
import { layerNormalization } from './layerNormalization.js';
import { matMul } from './matMul.js';
import { maxPool } from './maxPool.js';
import { pad } from './pad.js';
import { reduceSum } from './reduceSum.js';
import { reshape } from './reshape.js';
import { resize } from './resize.js';
import { slice } from './slice.js';
import { softmax } from './softmax.js';
import { transpose } from './transpose.js';
import { unary } from './unary.js';
import { unsqueeze } from './unsqueeze.js';

/** The ONNX operators that have a translation to TF.js, by their ONNX names. */
export const operators: Readonly<Record<string, Operator>> = {
  Add: elementwise('AddV2'),
  BatchNormalization: batchNormalization,
  Cast: cast,
  Clip: clip,
  Concat: concat,
  Conv: convolution,
  Div: elementwise('RealDiv'),
  Erf: unary('Erf'),
  Flatten: flatten,
  Gather: gather,
  Gemm: gemm,
  GlobalAveragePool: globalAveragePool,
  Identity: identity,
  LayerNormalization: layerNormalization,
  MatMul: matMul,
  MaxPool: maxPool,
  Mul: elementwise('Mul'),
  Pad: pad,
  Relu: unary('Relu'),
  ReduceSum: reduceSum,
  Reshape: reshape,
  Resize: resize,
  Sigmoid: unary('Sigmoid'),
  Slice: slice,
  Softmax: softmax,
  Sub: elementwise('Sub'),
  Tanh: unary('Tanh'),
  Transpose: transpose,
  Unsqueeze: unsqueeze,
};

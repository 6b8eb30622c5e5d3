import type { Operator } from '../translation.js';
import { batchNormalization } from './batchNormalization.js';
import { clip } from './clip.js';
import { concat } from './concat.js';
import { convolution } from './convolution.js';
import { elementwise } from './elementwise.js';
import { flatten } from './flatten.js';
import { gemm } from './gemm.js';
import { globalAveragePool } from './globalAveragePool.js';
import { identity } from './identity.js';
import { maxPool } from './maxPool.js';
import { reduceSum } from './reduceSum.js';
import { relu } from './relu.js';
import { reshape } from './reshape.js';
import { resize } from './resize.js';
import { sigmoid } from './sigmoid.js';
import { slice } from './slice.js';
import { transpose } from './transpose.js';
import { unsqueeze } from './unsqueeze.js';

/** The ONNX operators that have a translation to TF.js, by their ONNX names. */
export const operators: Readonly<Record<string, Operator>> = {
  Add: elementwise('AddV2'),
  BatchNormalization: batchNormalization,
  Clip: clip,
  Concat: concat,
  Conv: convolution,
  Div: elementwise('RealDiv'),
  Flatten: flatten,
  Gemm: gemm,
  GlobalAveragePool: globalAveragePool,
  Identity: identity,
  MaxPool: maxPool,
  Mul: elementwise('Mul'),
  ReduceSum: reduceSum,
  Relu: relu,
  Reshape: reshape,
  Resize: resize,
  Sigmoid: sigmoid,
  Slice: slice,
  Transpose: transpose,
  Unsqueeze: unsqueeze,
};

import type { OperatorNode } from '../../src/bundle/operatorLog.js';
import { matrixTerms } from './inOnnxTerms.js';
import { operatorType } from './node.js';

/** The work of an operator, independent of how it is implemented. */
export interface Work {
  /** Floating-point operations; a multiplication and an addition count as one each. Null where no rule applies. */
  readonly flops: number | null;
  /** Size of inputs and outputs, each counted once; null where a type is unknown, or where the operator may move no bytes. */
  readonly bytes: number | null;
}

type Rule = (node: OperatorNode) => number | null;

const size = (shape: readonly number[] | undefined): number => (shape ?? []).reduce((product, each) => product * each, 1);
const perOutput =
  (operations: number): Rule =>
  ({ outputs }) =>
    outputs.length > 0 ? operations * size(outputs[0]) : null;
const perInput: Rule = ({ inputs }) => (inputs.length > 0 ? size(inputs[0]) : null);
const all = (names: string, rule: Rule): [string, Rule][] => names.split(' ').map((name) => [name, rule]);

/**
 * Floating-point operations of each type, for the types of ONNX and ONNX Runtime. Convolutions and matrix products count their
 * multiplications and additions only, as published figures do, without bias and fused activation. An elementwise operator counts
 * one per output element, whatever its function. Types that are missing have unknown work: those that depend on attributes that a
 * profile lacks (the window of a pooling), and integer arithmetic.
 */
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  // Every output is a sum over the inputs of its group and the window: all but the first dimension of the weights [M, C/g, kH,
  // kW].
  [
    'Conv',
    ({ inputs: [, weights], outputs: [result] }) =>
      isKernel(weights) && result ? 2 * size(result) * size(weights.slice(1)) : null,
  ],
  // Every input contributes to all but the first dimension of the weights [C, M/g, kH, kW].
  [
    'ConvTranspose',
    ({ inputs: [data, weights] }) => (data && isKernel(weights) ? 2 * size(data) * size(weights.slice(1)) : null),
  ],
  ...all('Gemm MatMul', (node) => {
    const terms = matrixTerms(node);
    return terms === null ? null : 2 * size(node.outputs[0]) * terms;
  }),
  ...all('GlobalAveragePool GlobalMaxPool ReduceMean ReduceSum ReduceMax ReduceMin ReduceProd', perInput),
  ...all(
    'Add Sub Mul Div Pow Max Min PRelu Relu LeakyRelu Clip Elu Selu Sigmoid HardSigmoid HardSwish Tanh Softplus',
    perOutput(1),
  ),
  ...all('Abs Neg Exp Log Sqrt Rsqrt Square Reciprocal Erf Gelu QuickGelu Floor Ceil Round Sin Cos', perOutput(1)),
  // Adding the bias, and the function.
  ...all('BiasGelu FastGelu', perOutput(2)),
  // Largest, difference, exponential, sum, quotient.
  ...all('Softmax LogSoftmax', perOutput(5)),
  // Mean, difference, square, sum, quotient, weight, bias.
  ...all('LayerNormalization InstanceNormalization', perOutput(7)),
  ['SkipLayerNormalization', perOutput(8)],
  ['BatchNormalization', perOutput(2)],
  ...all(
    'Reshape Flatten Squeeze Unsqueeze ExpandDims Identity Transpose Concat Split Slice Gather Pad Expand Tile Cast',
    () => 0,
  ),
  ...all('ReorderInput ReorderOutput DepthToSpace SpaceToDepth', () => 0),
]);

/** These may only rename a tensor, and leave its bytes in place. */
const RENAMES = new Set(['Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'ExpandDims', 'Identity']);
const CONVOLUTIONS = new Set(['Conv', 'ConvTranspose']);
/** These read only as much as they output. */
const PICKS = new Set(['Slice', 'Gather']);

const TYPE_BYTES: Readonly<Record<string, number>> = {
  ...{ float: 4, float32: 4, float16: 2, bfloat16: 2, double: 8, float64: 8 },
  ...{ int64: 8, uint64: 8, int32: 4, uint32: 4, int16: 2, uint16: 2, int8: 1, uint8: 1, bool: 1 },
};

/**
 * The work of an operator, from its type and the shapes of its tensors. Attributes are not needed, since the shapes show their
 * effect.
 */
export function arithmetic(node: OperatorNode): Work {
  return { flops: RULES.get(operatorType(node))?.(node) ?? null, bytes: bytesOf(node) };
}

function bytesOf(node: OperatorNode): number | null {
  const type = operatorType(node);
  const outputs = tensorBytes(node.outputs, node.outputTypes);
  if (RENAMES.has(type) || outputs === null || node.outputs.length === 0) return null;
  // ONNX Runtime's WebGPU provider omits packed weights from its profile, and the size of their window is not known otherwise.
  if (CONVOLUTIONS.has(type) && !isKernel(node.inputs[1])) return null;
  if (PICKS.has(type)) return 2 * outputs;
  const inputs = tensorBytes(node.inputs, node.inputTypes);
  if (inputs === null) return null;
  return inputs + outputs + packedBytes(node, type);
}

/** Size of tensors by their shapes and types; null where a type is unknown. */
export function tensorBytes(shapes: readonly (readonly number[])[], types: readonly string[] | null): number | null {
  let bytes = 0;
  for (const [i, shape] of shapes.entries()) {
    const each = types?.[i];
    if (each === undefined || !Object.hasOwn(TYPE_BYTES, each)) return null;
    bytes += size(shape) * TYPE_BYTES[each]!;
  }
  return bytes;
}

/**
 * Size of the second matrix of a product where ONNX Runtime omits it from its profile. It does so for matrices that it has
 * packed, such as constant ones.
 */
function packedBytes(node: OperatorNode, type: string): number {
  if (type !== 'Gemm' && type !== 'MatMul') return 0;
  const terms = matrixTerms(node);
  const columns = node.outputs[0]?.at(-1);
  if (terms === null || columns === undefined) return 0;
  const [, second] = node.inputs;
  const isThere =
    second !== undefined &&
    (second.length > 1 ? size(second.slice(-2)) : size(second)) === terms * (second.length > 1 ? columns : 1);
  return isThere ? 0 : terms * columns * TYPE_BYTES[node.inputTypes![0]!]!;
}

const isKernel = (weights: readonly number[] | undefined): weights is readonly number[] =>
  weights !== undefined && weights.length >= 3;

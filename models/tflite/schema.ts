/**
 * What of the .tflite format is used here: numbers of its enumerations, and places of fields in its tables.
 * Source: https://github.com/google-ai-edge/LiteRT/blob/main/tflite/converter/schema/schema.fbs
 */
import type { TensorType } from '../../src/bundle/tensor.js';

export const FILE_IDENTIFIER = 'TFL3';
export const SCHEMA_VERSION = 3;

/** `BuiltinOperator`; those that networks here are translated to. */
export const OPERATOR_CODES = {
  ADD: 0,
  CONCATENATION: 2,
  CONV_2D: 3,
  DEPTHWISE_CONV_2D: 4,
  FULLY_CONNECTED: 9,
  LOGISTIC: 14,
  MAX_POOL_2D: 17,
  MUL: 18,
  RELU: 19,
  RELU6: 21,
  RESHAPE: 22,
  SOFTMAX: 25,
  TANH: 28,
  PAD: 34,
  GATHER: 36,
  TRANSPOSE: 39,
  MEAN: 40,
  SUB: 41,
  DIV: 42,
  CAST: 53,
  MAXIMUM: 55,
  MINIMUM: 57,
  NEG: 59,
  PADV2: 60,
  SLICE: 65,
  SUM: 74,
  RSQRT: 76,
  RESIZE_NEAREST_NEIGHBOR: 97,
  SQUARED_DIFFERENCE: 99,
  BATCH_MATMUL: 126,
  GELU: 150,
} as const;

export type OperatorCode = keyof typeof OPERATOR_CODES;

/** Codes from here on do not fit the field of old readers, where this stands in for them. */
export const PLACEHOLDER_CODE = 127;

type Kind = 'int8' | 'int32' | 'float32' | 'int32s';

/** A table of options: its number in the union `BuiltinOptions`, and its fields in the schema's order. */
interface OptionsTable {
  readonly union: number;
  readonly fields: readonly { readonly name: string; readonly kind: Kind }[];
}

const table = (union: number, fields: Readonly<Record<string, Kind>> = {}): OptionsTable => ({
  union,
  fields: Object.entries(fields).map(([name, kind]) => ({ name, kind })),
});

/** The options of each operator that has any. Booleans and enumerations are bytes. */
export const OPTIONS: Readonly<Partial<Record<OperatorCode, OptionsTable>>> = {
  CONV_2D: table(1, {
    padding: 'int8',
    strideWidth: 'int32',
    strideHeight: 'int32',
    activation: 'int8',
    dilationWidth: 'int32',
    dilationHeight: 'int32',
  }),
  DEPTHWISE_CONV_2D: table(2, {
    padding: 'int8',
    strideWidth: 'int32',
    strideHeight: 'int32',
    depthMultiplier: 'int32',
    activation: 'int8',
    dilationWidth: 'int32',
    dilationHeight: 'int32',
  }),
  MAX_POOL_2D: table(5, {
    padding: 'int8',
    strideWidth: 'int32',
    strideHeight: 'int32',
    filterWidth: 'int32',
    filterHeight: 'int32',
    activation: 'int8',
  }),
  FULLY_CONNECTED: table(8, { activation: 'int8', weightsFormat: 'int8', keepDimensions: 'int8' }),
  SOFTMAX: table(9, { beta: 'float32' }),
  CONCATENATION: table(10, { axis: 'int32', activation: 'int8' }),
  ADD: table(11, { activation: 'int8' }),
  RESHAPE: table(17, { shape: 'int32s' }),
  MUL: table(21, { activation: 'int8' }),
  PAD: table(22),
  GATHER: table(23, { axis: 'int32' }),
  TRANSPOSE: table(26),
  MEAN: table(27, { keepDimensions: 'int8' }),
  SUM: table(27, { keepDimensions: 'int8' }),
  SUB: table(28, { activation: 'int8' }),
  DIV: table(29, { activation: 'int8' }),
  CAST: table(37, { from: 'int8', to: 'int8' }),
  MAXIMUM: table(39),
  MINIMUM: table(39),
  NEG: table(42),
  PADV2: table(43),
  SLICE: table(48),
  RESIZE_NEAREST_NEIGHBOR: table(74, { alignCorners: 'int8', halfPixelCenters: 'int8' }),
  SQUARED_DIFFERENCE: table(76),
  BATCH_MATMUL: table(101, { transposeA: 'int8', transposeB: 'int8' }),
  GELU: table(116, { approximate: 'int8' }),
};

/** `Padding` */
export const PADDING = { same: 0, valid: 1 } as const;

/** `ActivationFunctionType` */
export const ACTIVATIONS = { none: 0, relu: 1, relu6: 3 } as const;

/** `TensorType`, of the types that have whole bytes. */
export const TENSOR_TYPE_NUMBERS: Readonly<Record<TensorType, number>> = {
  float32: 0,
  float16: 1,
  int32: 2,
  uint8: 3,
  int64: 4,
  bool: 6,
  int16: 7,
  int8: 9,
  float64: 10,
  uint64: 12,
  uint32: 15,
  uint16: 16,
};

/** Places of fields in their tables. */
export const SLOTS = {
  model: { version: 0, operatorCodes: 1, subgraphs: 2, description: 3, buffers: 4, signatures: 7 },
  operatorCode: { shortCode: 0, version: 2, code: 3 },
  subgraph: { tensors: 0, inputs: 1, outputs: 2, operators: 3, name: 4 },
  tensor: { shape: 0, type: 1, buffer: 2, name: 3, shapeSignature: 7, hasRank: 8 },
  operator: { code: 0, inputs: 1, outputs: 2, optionsType: 3, options: 4 },
  buffer: { data: 0, offset: 1, size: 2 },
  signature: { inputs: 0, outputs: 1, key: 2, subgraph: 4 },
  tensorMap: { name: 0, tensor: 1 },
} as const;

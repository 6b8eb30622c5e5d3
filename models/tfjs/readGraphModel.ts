import { z } from 'zod';
import { bytesPerElement, type DeclaredTensor, elementCount, type TensorType } from '../../src/bundle/tensor.js';
import type { ExternalDataReference } from '../externalDataFile.js';
import { ModelError } from '../modelError.js';

/** What a TF.js graph model says of itself. */
export interface GraphModelSignature {
  readonly inputs: readonly DeclaredTensor[];
  readonly outputs: readonly DeclaredTensor[];
  /** Its weights files, in their order. */
  readonly weights: readonly ExternalDataReference[];
}

const whole = z.union([z.number(), z.string().regex(/^-?\d+$/)]).transform(Number);
const tensorShape = z.object({
  dim: z.array(z.object({ size: whole.default(0) })).optional(),
  unknownRank: z.boolean().optional(),
});
const port = z.object({
  name: z.string().optional(),
  dtype: z.union([z.string(), z.number()]).optional(),
  tensorShape: tensorShape.optional(),
  resourceId: z.unknown().optional(),
});
const signature = z.object({ inputs: z.record(z.string(), port).optional(), outputs: z.record(z.string(), port).optional() });
const graphModel = z.object({
  signature: signature.nullish(),
  userDefinedMetadata: z.object({ signature: signature.nullish() }).nullish(),
  modelTopology: z.object({
    node: z.array(
      z.object({
        name: z.string(),
        op: z.string(),
        input: z.array(z.string()).optional(),
        attr: z
          .object({
            dtype: z.object({ type: z.union([z.string(), z.number()]) }).optional(),
            shape: z.object({ shape: tensorShape }).optional(),
          })
          .optional(),
      }),
    ),
  }),
  weightsManifest: z.array(
    z.object({
      paths: z.array(z.string()),
      weights: z.array(
        z.object({
          shape: z.array(z.number()),
          dtype: z.string(),
          quantization: z.object({ dtype: z.string() }).optional(),
        }),
      ),
    }),
  ),
});

type GraphModel = z.infer<typeof graphModel>;
type Port = z.infer<typeof port>;

/** TensorFlow's types as TF.js holds them. https://github.com/tensorflow/tfjs/blob/master/tfjs-converter/src/operations/operation_mapper.ts, `parseDtypeParam` */
const TYPES: Readonly<Record<string, TensorType>> = {
  DT_FLOAT: 'float32',
  DT_DOUBLE: 'float32',
  DT_HALF: 'float32',
  DT_INT32: 'int32',
  DT_INT64: 'int32',
  DT_INT8: 'int32',
  DT_UINT8: 'int32',
  DT_BOOL: 'bool',
};
/** The same, by the numbers that some converters write. */
const NUMBERED = [
  '',
  'DT_FLOAT',
  'DT_DOUBLE',
  'DT_INT32',
  'DT_UINT8',
  'DT_INT16',
  'DT_INT8',
  'DT_STRING',
  '',
  'DT_INT64',
  'DT_BOOL',
];

/**
 * Reads the model.json of a TF.js graph model: inputs and outputs by the names of its signature, or of its nodes where it has
 * none. A first dimension of unknown size is called `batch`, as TensorFlow means it.
 *
 * @param file how to call the file in errors
 * @throws ModelError with code not-tfjs or unsupported
 */
export function readGraphModel(bytes: Uint8Array, file: string): GraphModelSignature {
  const model = parse(bytes, file);
  const declared = model.userDefinedMetadata?.signature ?? model.signature;
  const nodes = new Map(model.modelTopology.node.map((node) => [node.name, node]));
  const asTensor = (
    role: 'input' | 'output',
    name: string,
    { dtype, tensorShape: shape, name: tensor }: Port,
  ): DeclaredTensor => {
    const placeholder = nodes.get((tensor ?? name).split(':')[0]!)?.attr;
    const type = dtype ?? placeholder?.dtype?.type ?? 'DT_FLOAT';
    const known = TYPES[typeof type === 'number' ? (NUMBERED[type] ?? '') : type];
    if (!known) {
      const remedy = `Convert the model with tensors of numbers or booleans as its ${role}s.`;
      throw new ModelError('unsupported', file, `its ${role} "${name}" is of type ${type}`, remedy);
    }
    return { name, type: known, shape: shapeOf(shape ?? placeholder?.shape?.shape) };
  };
  const tensors = (role: 'input' | 'output', ports: Readonly<Record<string, Port>> | undefined, found: readonly string[]) => {
    const entries = Object.entries(ports ?? {}).filter(([, { resourceId }]) => resourceId === undefined || resourceId === null);
    const named = entries.length > 0 ? entries : found.map((name): [string, Port] => [name, {}]);
    return named.map(([name, entry]) => asTensor(role, name, entry));
  };
  return {
    inputs: tensors('input', declared?.inputs, placeholders(model)),
    outputs: tensors('output', declared?.outputs, lastNodes(model)),
    weights: model.weightsManifest.flatMap(weightsFiles),
  };
}

function parse(bytes: Uint8Array, file: string): GraphModel {
  const remedy = 'Give the model.json that tensorflowjs_converter wrote.';
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new ModelError('not-tfjs', file, `this is not JSON (${(cause as Error).message})`, remedy, { cause });
  }
  if (isLayersModel(content)) {
    const convert = 'tensorflowjs_converter --input_format=tfjs_layers_model --output_format=tfjs_graph_model';
    throw new ModelError(
      'unsupported',
      file,
      'this is a TF.js layers model, not a graph model',
      `Convert it: ${convert} in out.`,
    );
  }
  const parsed = graphModel.safeParse(content);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new ModelError('not-tfjs', file, `this is not a TF.js graph model (at ${where || 'its top'})`, remedy, {
    cause: parsed.error,
  });
}

function isLayersModel(content: unknown): boolean {
  const { format, modelTopology } = (content ?? {}) as { format?: unknown; modelTopology?: unknown };
  if (format === 'layers-model') return true;
  const topology = (modelTopology ?? {}) as Record<string, unknown>;
  return 'model_config' in topology || 'keras_version' in topology || 'class_name' in topology;
}

function shapeOf(shape: z.infer<typeof tensorShape> | undefined): DeclaredTensor['shape'] {
  if (!shape || shape.unknownRank) return null;
  return (shape.dim ?? []).map(({ size }, axis) => (size >= 0 ? size : axis === 0 ? 'batch' : '?'));
}

function placeholders({ modelTopology }: GraphModel): string[] {
  return modelTopology.node.filter(({ op }) => op.startsWith('Placeholder')).map(({ name }) => name);
}

function lastNodes({ modelTopology }: GraphModel): string[] {
  const used = new Set(modelTopology.node.flatMap(({ input }) => input ?? []).map((name) => name.replace(/^\^|:\d+$/g, '')));
  return modelTopology.node.filter(({ name, op }) => op !== 'Const' && !used.has(name)).map(({ name }) => name);
}

/** A group's weights fill its files in turn; only the sum is declared, so a single file alone has a known least size. */
function weightsFiles({ paths, weights }: GraphModel['weightsManifest'][number]): ExternalDataReference[] {
  const total = weights.reduce((sum, { shape, dtype, quantization }) => {
    const size = ELEMENT_BYTES[quantization?.dtype ?? dtype] ?? 0;
    return sum + elementCount(shape) * size;
  }, 0);
  return paths.map((location) => ({ location, leastBytes: paths.length === 1 ? total : 1 }));
}

const ELEMENT_BYTES: Readonly<Record<string, number>> = {
  float32: bytesPerElement('float32'),
  int32: bytesPerElement('int32'),
  bool: bytesPerElement('bool'),
  uint16: bytesPerElement('uint16'),
  uint8: bytesPerElement('uint8'),
  float16: bytesPerElement('float16'),
  complex64: 2 * bytesPerElement('float32'),
};

import { z } from 'zod';
import type { DeclaredTensor, TensorType } from '../../src/bundle/tensor.js';
import { ModelError } from '../modelError.js';
import { countWeights, type TfjsSignature, weightsFiles, weightsManifest } from './weightsManifest.js';

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
  weightsManifest,
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
 * Reads a graph model: inputs and outputs by the names of its signature, or of its nodes where it has none. A first dimension of
 * unknown size is called `batch`, as TensorFlow means it.
 *
 * @param content of the model.json
 * @param file how to call the file in errors
 * @throws ModelError with code not-tfjs or unsupported
 */
export function readGraphModel(content: unknown, file: string): TfjsSignature {
  const model = parse(content, file);
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
    parameters: countWeights(model.weightsManifest),
    weights: weightsFiles(model.weightsManifest),
  };
}

function parse(content: unknown, file: string): GraphModel {
  const parsed = graphModel.safeParse(content);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') || 'its top';
  const remedy = 'Give the model.json that tensorflowjs_converter or model.save() of TF.js wrote.';
  throw new ModelError('not-tfjs', file, `this is not a TF.js model (at ${where})`, remedy, { cause: parsed.error });
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

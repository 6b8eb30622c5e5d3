import { z } from 'zod';
import { type DeclaredTensor, TENSOR_TYPES, type TensorType } from '../../src/bundle/tensor.js';
import { ModelError } from '../modelError.js';
import { countWeights, type TfjsSignature, weightsFiles, weightsManifest } from './weightsManifest.js';

const shape = z.array(z.number().nullable());
/** A layer, or a model that stands in for one. Keras before 2.2 has the list of layers as the config of a Sequential. */
const layer = z.object({ class_name: z.string(), name: z.string().optional(), config: z.unknown() });
const settings = z.object({
  name: z.string().optional(),
  dtype: z.unknown().optional(),
  batch_input_shape: shape.optional(),
  /** As Keras 3 calls it. */
  batch_shape: shape.optional(),
});
/** Name of a layer, which of its calls, which of that call's tensors. */
const port = z.tuple([z.string(), z.number(), z.number()]).rest(z.unknown());
/** Keras 3 leaves the list around a single one out. */
const ports = z.union([z.array(port), port.transform((single) => [single])]);
const functional = z.object({ layers: z.array(layer).min(1), input_layers: ports, output_layers: ports });
const sequential = z.union([
  z.object({ layers: z.array(layer).min(1) }),
  z
    .array(layer)
    .min(1)
    .transform((layers) => ({ layers })),
]);
const layersModel = z.object({
  modelTopology: z.union([z.object({ model_config: layer }).transform((topology) => topology.model_config), layer]),
  weightsManifest,
});

type Layer = z.infer<typeof layer>;
type Ports = Pick<TfjsSignature, 'inputs' | 'outputs'>;

/**
 * Reads a layers model: inputs by the names that TF.js gives them, with the shapes of their layers' config. What its outputs' shapes are
 * follows only from computing through all layers, so they are not known.
 *
 * @param content of the model.json
 * @param file how to call the file in errors
 * @throws ModelError with code not-tfjs or unsupported
 */
export function readLayersModel(content: unknown, file: string): TfjsSignature {
  const { modelTopology, weightsManifest: manifest } = read(layersModel, content, file);
  return { ...portsOf(modelTopology, file), parameters: countWeights(manifest), weights: weightsFiles(manifest) };
}

/** Models inside the first layer of another, as far as anybody nests them. */
const MOST_NESTED = 32;

function portsOf(model: Layer, file: string, nested = 0): Ports {
  if (nested > MOST_NESTED) throw notLayers(file, `more than ${MOST_NESTED} models, each the first layer of another`);
  return model.class_name === 'Sequential' ? sequentialPorts(model, file, nested) : functionalPorts(model, file);
}

function functionalPorts(model: Layer, file: string): Ports {
  const { layers, input_layers: inputs, output_layers: outputs } = read(functional, model.config, file);
  const named = new Map(layers.map((each) => [nameOf(each), each]));
  return {
    inputs: inputs.map(([name]) => {
      const input = named.get(name);
      if (!input) throw notLayers(file, `its input layer "${name}" is missing`);
      return inputOf(name, input, file);
    }),
    outputs: outputs.map(([name]) => ({ name, type: 'float32', shape: null })),
  };
}

/** A Sequential names its input after its first layer, unless that is one for inputs, or a model. https://github.com/tensorflow/tfjs/blob/master/tfjs-layers/src/models.ts, `add` */
function sequentialPorts(model: Layer, file: string, nested: number): Ports {
  const { layers } = read(sequential, model.config, file);
  const first = layers[0]!;
  const last = layers.at(-1)!;
  const outputs: Ports['outputs'] = [{ name: nameOf(last), type: 'float32', shape: null }];
  if (isModel(first)) return { inputs: portsOf(first, file, nested + 1).inputs, outputs };
  const name = first.class_name === 'InputLayer' ? nameOf(first) : `${nameOf(first)}_input`;
  return { inputs: [inputOf(name, first, file)], outputs };
}

const isModel = ({ class_name: kind }: Layer): boolean => ['Sequential', 'Model', 'Functional'].includes(kind);

function nameOf({ name, config }: Layer): string {
  return name ?? settings.safeParse(config).data?.name ?? '';
}

function inputOf(name: string, from: Layer, file: string): DeclaredTensor {
  const { dtype, batch_input_shape: older, batch_shape: newer } = read(settings, from.config, file);
  const declared = older ?? newer;
  const type = typeof dtype === 'string' ? dtype : 'float32';
  if (!(TENSOR_TYPES as readonly string[]).includes(type)) {
    const remedy = 'Convert the model with tensors of numbers or booleans as its inputs.';
    throw new ModelError('unsupported', file, `its input "${name}" is of type ${type}`, remedy);
  }
  return {
    name,
    type: HELD[type] ?? (type as TensorType),
    shape: declared?.map((size, axis) => size ?? (axis === 0 ? 'batch' : '?')) ?? null,
  };
}

/** How TF.js holds what it has no type of its own for. */
const HELD: Readonly<Record<string, TensorType>> = {
  float16: 'float32',
  float64: 'float32',
  int64: 'int32',
  uint8: 'int32',
  int8: 'int32',
};

function read<T>(schema: z.ZodType<T>, content: unknown, file: string): T {
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw notLayers(file, `at ${parsed.error.issues[0]?.path.join('.') || 'its top'}`, parsed.error);
}

function notLayers(file: string, where: string, cause?: unknown): ModelError {
  const remedy = 'Give the model.json that tensorflowjs_converter or model.save() of TF.js wrote.';
  return new ModelError('not-tfjs', file, `this is no TF.js layers model that can be read (${where})`, remedy, { cause });
}

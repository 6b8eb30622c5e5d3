import {
  permuted,
  type TensorSpec,
  type TensorValue,
  TO_CHANNELS_FIRST,
  TO_CHANNELS_LAST,
  tensorView,
  transposed,
} from '../src/bundle/tensor.js';
import { bindShapes } from './bindShapes.js';
import type { ModelFile } from './model.js';
import type { InputShape } from './parseShape.js';
import { seededInput } from './seededInput.js';

/** An input and its contents. */
export interface Feed {
  readonly spec: TensorSpec;
  readonly bytes: Uint8Array;
}

export interface ModelFeeds {
  readonly inputs: readonly Feed[];
  /** What a native runtime runs for comparison, with the same numbers; null for a TF.js model without an ONNX twin. */
  readonly baseline: { readonly path: string; readonly inputs: readonly Feed[]; readonly twin: boolean } | null;
}

/**
 * What a model is fed with, and natively its ONNX form. The numbers are drawn for the ONNX file, and for TF.js the images among
 * them are transposed and int64 becomes int32: both formats of a model are fed with the same pixels and the same tokens.
 *
 * @throws ModelError with code shape, see `bindShapes`
 */
export function modelFeeds(file: ModelFile, shapes: readonly InputShape[], seed: number): ModelFeeds {
  const specs = bindShapes(file, shapes);
  const drawn = (spec: TensorSpec): Feed => ({ spec, bytes: seededInput(spec, seed, file.contents?.[spec.name]) });
  const { twin } = file;
  if (!twin) {
    const inputs = specs.map(drawn);
    return { inputs, baseline: file.format === 'onnx' ? { path: file.path, inputs, twin: false } : null };
  }
  const native = specs.map((spec) => drawn(ofTwin(spec, twin)));
  return { inputs: native.map(forTfjs), baseline: { path: twin.path, inputs: native, twin: true } };
}

/** The input of the same name of the ONNX file. */
function ofTwin(spec: TensorSpec, { inputs }: ModelFile): TensorSpec {
  const type = inputs.find(({ name }) => name === spec.name)?.type ?? spec.type;
  return { ...spec, type, shape: isImage(spec) ? permuted(spec.shape, TO_CHANNELS_FIRST) : spec.shape };
}

function forTfjs({ spec, bytes }: Feed): Feed {
  const tensor = asInt32({ ...spec, data: bytes });
  const { data, ...moved } = isImage(spec) ? transposed(tensor, TO_CHANNELS_LAST) : tensor;
  return { spec: moved, bytes: data };
}

/** int64 as int32; seeded whole numbers are far below what that holds. */
function asInt32(tensor: TensorValue): TensorValue {
  if (tensor.type !== 'int64') return tensor;
  const values = Int32Array.from(tensorView('int64', tensor.data) as BigInt64Array, Number);
  return { ...tensor, type: 'int32', data: new Uint8Array(values.buffer) };
}

const isImage = ({ shape }: TensorSpec): boolean => shape.length === 4;

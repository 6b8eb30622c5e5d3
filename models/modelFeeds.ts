import type { TensorSpec, TensorValue } from '../src/bundle/tensor.js';
import { permuted, TO_CHANNELS_FIRST, TO_CHANNELS_LAST, transposed } from '../src/bundle/transposed.js';
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
 * them are transposed: both formats of a model are fed with the same pixels.
 *
 * @throws ModelError with code shape, see `bindShapes`
 */
export function modelFeeds(file: ModelFile, shapes: readonly InputShape[], seed: number): ModelFeeds {
  const specs = bindShapes(file, shapes);
  const drawn = (spec: TensorSpec): Feed => ({ spec, bytes: seededInput(spec, seed, file.contents?.[spec.name]) });
  if (!file.twin) {
    const inputs = specs.map(drawn);
    return { inputs, baseline: file.format === 'onnx' ? { path: file.path, inputs, twin: false } : null };
  }
  const native = specs.map((spec) => drawn(isImage(spec) ? { ...spec, shape: permuted(spec.shape, TO_CHANNELS_FIRST) } : spec));
  return { inputs: native.map(channelsLast), baseline: { path: file.twin.path, inputs: native, twin: true } };
}

function channelsLast(feed: Feed): Feed {
  if (!isImage(feed.spec)) return feed;
  const tensor: TensorValue = { ...feed.spec, data: feed.bytes };
  const { data, ...spec } = transposed(tensor, TO_CHANNELS_LAST);
  return { spec, bytes: data };
}

const isImage = ({ shape }: TensorSpec): boolean => shape.length === 4;

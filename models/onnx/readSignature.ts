import { fromBinary } from '@bufbuild/protobuf';
import { TensorProto_DataLocation as DataLocation, type ModelProto, ModelProtoSchema } from 'onnx-buf';
import type { DeclaredTensor } from '../../src/bundle/tensor.js';
import type { ExternalDataReference } from '../externalDataFile.js';
import { ModelError } from '../modelError.js';
import { countParameters } from './countParameters.js';
import { declaredTensor } from './declaredTensor.js';
import { storedTensors } from './storedTensors.js';

/** What an ONNX file says of itself. */
export interface Signature {
  /** Without those that have a stored value, which nobody needs to feed. */
  readonly inputs: readonly DeclaredTensor[];
  readonly outputs: readonly DeclaredTensor[];
  /** Version of ONNX's default operator set; null if the model uses other sets only. */
  readonly opset: number | null;
  /** See `countParameters` for what is counted. */
  readonly parameters: number;
  /** Files that hold weights, relative to the model's folder. */
  readonly externalData: readonly ExternalDataReference[];
}

/**
 * Reads an ONNX file's signature. Weights that are stored as raw bytes, as nearly all are, are not copied.
 *
 * @param file how to call the file in errors
 * @throws ModelError with code not-onnx, truncated or unsupported
 */
export function readSignature(bytes: Uint8Array, file: string): Signature {
  const model = decode(bytes, file);
  const graph = model.graph;
  if (!graph || model.opsetImport.length === 0) throw unreadable(bytes, file);
  const stored = new Set(
    [...graph.initializer, ...graph.sparseInitializer.flatMap(({ values }) => values ?? [])].map(({ name }) => name),
  );
  const defaultOpset = model.opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx');
  return {
    inputs: graph.input.filter(({ name }) => !stored.has(name)).map((input) => declaredTensor(file, 'input', input)),
    outputs: graph.output.map((output) => declaredTensor(file, 'output', output)),
    opset: defaultOpset ? Number(defaultOpset.version) : null,
    parameters: countParameters(model),
    externalData: externalDataOf(model),
  };
}

function decode(bytes: Uint8Array, file: string): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, bytes, { readUnknownFields: false });
  } catch (cause) {
    throw unreadable(bytes, file, cause);
  }
}

function externalDataOf(model: ModelProto): ExternalDataReference[] {
  const leastBytes = new Map<string, number>();
  for (const { tensor } of storedTensors(model)) {
    if (tensor.dataLocation !== DataLocation.EXTERNAL) continue;
    // https://onnx.ai/onnx/repo-docs/ExternalData.html
    const entries = new Map(tensor.externalData.map(({ key, value }) => [key, value]));
    const location = entries.get('location') ?? '';
    const end = Number(entries.get('offset') ?? 0) + Number(entries.get('length') ?? 0);
    leastBytes.set(location, Math.max(leastBytes.get(location) ?? 0, end));
  }
  return Array.from(leastBytes, ([location, bytes]) => ({ location, leastBytes: bytes }));
}

function unreadable(bytes: Uint8Array, file: string, cause?: unknown): ModelError {
  const options = { cause };
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 64));
  if (bytes.length === 0) return new ModelError('truncated', file, 'the file is empty', 'Download or export it again.');
  if (start.startsWith('version https://git-lfs')) {
    return new ModelError('not-onnx', file, 'this is a Git LFS pointer, not the model', 'Run "git lfs pull" beside it.', options);
  }
  if (/^\s*<(!doctype|html|\?xml)/i.test(start)) {
    const remedy = 'Download the file itself: the page that shows a file has another address.';
    return new ModelError('not-onnx', file, 'this is a web page, not a model', remedy, options);
  }
  if (start.startsWith('ORTM', 4)) {
    return new ModelError(
      'unsupported',
      file,
      'this is an ORT-format model',
      'Give the ONNX model that it was made from.',
      options,
    );
  }
  // A model begins with its IR version: field 1, a small number.
  if (bytes[0] === 0x08 && bytes[1]! > 0 && bytes[1]! < 0x40) {
    return new ModelError(
      'truncated',
      file,
      `the ONNX model breaks off (${bytes.length} bytes)`,
      'Download or export it again.',
      options,
    );
  }
  return new ModelError('not-onnx', file, 'this is not an ONNX model', 'Give a file that a framework exported to ONNX.', options);
}

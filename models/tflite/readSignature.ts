import { type DeclaredTensor, elementCount, type TensorType } from '../../src/bundle/tensor.js';
import { ModelError } from '../modelError.js';
import { FlatTable } from './flatTable.js';
import { FILE_IDENTIFIER, SLOTS, TENSOR_TYPE_NUMBERS } from './schema.js';

/** What a .tflite says of itself. */
export interface TfliteSignature {
  /** Of its first signature, whose names those who call it use; of its main graph where it has none. */
  readonly inputs: readonly DeclaredTensor[];
  readonly outputs: readonly DeclaredTensor[];
  /** Elements of all constants but whole numbers of 32 and 64 bits, which are shapes and axes. */
  readonly parameters: number;
}

/**
 * Reads a .tflite's signature. Nothing of its weights is copied.
 *
 * @param file how to call the file in errors
 * @throws ModelError with code not-tflite, truncated or unsupported
 */
export function readTfliteSignature(bytes: Uint8Array, file: string): TfliteSignature {
  if (bytes.length === 0) throw new ModelError('truncated', file, 'the file is empty', 'Download or export it again.');
  if (new TextDecoder('latin1').decode(bytes.subarray(4, 8)) !== FILE_IDENTIFIER) throw notTflite(bytes, file);
  try {
    return signatureOf(FlatTable.root(bytes), bytes.length, file);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const problem = `the LiteRT model breaks off, or is damaged (${bytes.length} bytes)`;
    throw new ModelError('truncated', file, problem, 'Download or export it again.', { cause });
  }
}

function signatureOf(root: FlatTable, fileBytes: number, file: string): TfliteSignature {
  const { model, signature, subgraph, tensor, tensorMap, buffer } = SLOTS;
  const graphs = root.tables(model.subgraphs);
  const [named] = root.tables(model.signatures);
  const graph = graphs[named?.int32(signature.subgraph, 0) ?? 0];
  if (!graph) throw new ModelError('unsupported', file, 'it holds no network', 'Export it again.');
  const tensors = graph.tables(subgraph.tensors);
  const declared = (index: number, name: string | null): DeclaredTensor => {
    const found = tensors[index];
    if (!found) throw new RangeError(`There is no tensor ${index}.`);
    return declaredTensor(found, name ?? found.text(tensor.name) ?? String(index), file);
  };
  const ports = (maps: readonly FlatTable[], places: readonly number[]): DeclaredTensor[] =>
    maps.length > 0
      ? maps.map((map) => declared(map.int32(tensorMap.tensor, 0), map.text(tensorMap.name)))
      : places.map((index) => declared(index, null));
  const filled = root.tables(model.buffers).map((each) => {
    const outside = each.int64(buffer.offset, 0) > 1 ? each.int64(buffer.size, 0) : 0;
    if (each.int64(buffer.offset, 0) + outside > fileBytes) throw new RangeError('Weights end behind the file.');
    return (each.byteCount(buffer.data) ?? 0) + outside > 0;
  });
  return {
    inputs: ports(named?.tables(signature.inputs) ?? [], graph.int32s(subgraph.inputs) ?? []),
    outputs: ports(named?.tables(signature.outputs) ?? [], graph.int32s(subgraph.outputs) ?? []),
    parameters: graphs
      .flatMap((each) => each.tables(subgraph.tensors))
      .filter((each) => filled[each.int32(tensor.buffer, 0)] && !WHOLE.has(each.byte(tensor.type, 0)))
      .reduce((sum, each) => sum + elementCount(each.int32s(tensor.shape) ?? []), 0),
  };
}

const WHOLE: ReadonlySet<number> = new Set([TENSOR_TYPE_NUMBERS.int32, TENSOR_TYPE_NUMBERS.int64]);

const TYPES: ReadonlyMap<number, TensorType> = new Map(
  Object.entries(TENSOR_TYPE_NUMBERS).map(([type, number]) => [number, type as TensorType]),
);

function declaredTensor(found: FlatTable, name: string, file: string): DeclaredTensor {
  const { tensor } = SLOTS;
  const number = found.byte(tensor.type, 0);
  const type = TYPES.get(number);
  if (!type) {
    const remedy = 'Export it with inputs and outputs that are numbers of whole bytes.';
    throw new ModelError('unsupported', file, `its tensor "${name}" has the element type ${number}`, remedy);
  }
  const fixed = found.int32s(tensor.shape) ?? [];
  // Where a size is chosen at run time, the shape has a 1, and this a -1.
  const shape = (found.int32s(tensor.shapeSignature) ?? fixed).map((size) => (size < 0 ? '?' : size));
  return { name, type, shape };
}

function notTflite(bytes: Uint8Array, file: string): ModelError {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 64));
  if (start.startsWith('version https://git-lfs')) {
    return new ModelError('not-tflite', file, 'this is a Git LFS pointer, not the model', 'Run "git lfs pull" beside it.');
  }
  if (/^\s*<(!doctype|html|\?xml)/i.test(start)) {
    const remedy = 'Download the file itself: the page that shows a file has another address.';
    return new ModelError('not-tflite', file, 'this is a web page, not a model', remedy);
  }
  const remedy = 'Give a .tflite that LiteRT’s converter wrote, and not an archive or a task bundle that holds one.';
  return new ModelError('not-tflite', file, 'this is not a LiteRT model', remedy);
}

import type { TfAttribute, TfGraph, TfPort } from './graph.js';

const TYPES = { float32: 'DT_FLOAT', int32: 'DT_INT32' } as const;

/** The bytes of all weights, a piece per constant, in the order in which model.json lists them. */
export function encodeWeights(graph: TfGraph): Uint8Array[] {
  return graph.usedConstants().map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

/**
 * The bytes of a TF.js graph model's model.json. The same graph gives the same bytes.
 * Source of the format: https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/types.ts, `ModelJSON`
 *
 * @param weightsFile name of the file with what `encodeWeights` gives, in the same folder
 */
export function encodeGraphModel(graph: TfGraph, weightsFile: string): Uint8Array {
  const constants = graph.usedConstants().map((constant) => ({ ...constant, dtype: typeOf(constant.data) }));
  const model = {
    format: 'graph-model',
    generatedBy: 'inferscope',
    convertedBy: null,
    signature: { inputs: signature(graph.inputs), outputs: signature(graph.outputs) },
    modelTopology: {
      node: [
        ...graph.inputs.map(({ node, type, shape }) => ({
          name: node,
          op: 'Placeholder',
          attr: { dtype: { type: TYPES[type] }, shape: { shape: tensorShape(shape) } },
        })),
        ...constants.map(({ name, shape, dtype }) => ({
          name,
          op: 'Const',
          attr: { dtype: { type: TYPES[dtype] }, value: { tensor: { dtype: TYPES[dtype], tensorShape: tensorShape(shape) } } },
        })),
        ...graph.nodes.map(({ name, op, inputs, attributes }): NodeDef => ({ name, op, input: inputs, attr: attributes })),
      ],
      library: {},
      versions: { producer: 1 },
    },
    weightsManifest: [{ paths: [weightsFile], weights: constants.map(({ name, shape, dtype }) => ({ name, shape, dtype })) }],
  };
  return new TextEncoder().encode(JSON.stringify(model));
}

interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, TfAttribute>>;
}

function signature(ports: readonly TfPort[]) {
  return Object.fromEntries(
    ports.map(({ name, node, type, shape }) => [
      name,
      { name: `${node}:0`, dtype: TYPES[type], tensorShape: tensorShape(shape) },
    ]),
  );
}

function tensorShape(shape: readonly (number | string)[]) {
  return { dim: shape.map((size) => ({ size: typeof size === 'number' ? String(size) : '-1' })) };
}

function typeOf(data: Float32Array | Int32Array): 'float32' | 'int32' {
  return data instanceof Float32Array ? 'float32' : 'int32';
}

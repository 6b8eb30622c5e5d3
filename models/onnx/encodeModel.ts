import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import {
  type AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  ModelProtoSchema,
  type ValueInfoProtoSchema,
} from 'onnx-buf';
import { elementTypeOf } from './elementType.js';
import type { Attribute, GraphTensor, OnnxGraph } from './graph.js';

// https://github.com/onnx/onnx/blob/main/docs/Versioning.md: IR 8 is the one that came with operator set 17 or so, and every
// runtime here reads it.
const IR_VERSION = 8n;

/** The bytes of an ONNX file. The same graph gives the same bytes. */
export function encodeModel(graph: OnnxGraph): Uint8Array {
  const model = create(ModelProtoSchema, {
    irVersion: IR_VERSION,
    producerName: 'inferscope',
    opsetImport: [{ domain: '', version: BigInt(graph.opset) }],
    graph: {
      name: graph.name,
      input: graph.inputs.map(valueInfo),
      output: graph.outputs.map(valueInfo),
      initializer: graph.constants.map(({ name, type, shape, data }) => ({
        name,
        dataType: elementTypeOf(type),
        dims: shape.map(BigInt),
        rawData: data,
      })),
      node: graph.nodes.map((node) => ({
        name: node.name,
        opType: node.operator,
        input: [...node.inputs],
        output: [...node.outputs],
        attribute: Object.entries(node.attributes).map(([name, value]) => attribute(name, value)),
      })),
    },
  });
  return toBinary(ModelProtoSchema, model);
}

function valueInfo({ name, type, shape }: GraphTensor): MessageInitShape<typeof ValueInfoProtoSchema> {
  const dim = shape.map((size) => ({
    value:
      typeof size === 'number' ? { case: 'dimValue' as const, value: BigInt(size) } : { case: 'dimParam' as const, value: size },
  }));
  return { name, type: { value: { case: 'tensorType', value: { elemType: elementTypeOf(type), shape: { dim } } } } };
}

function attribute(name: string, value: Attribute): MessageInitShape<typeof AttributeProtoSchema> {
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: BigInt(value) };
  if (typeof value === 'string') return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
  if ('float' in value) return { name, type: AttributeType.FLOAT, f: value.float };
  if ('floats' in value) return { name, type: AttributeType.FLOATS, floats: [...value.floats] };
  return { name, type: AttributeType.INTS, ints: value.map(BigInt) };
}

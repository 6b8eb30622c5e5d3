import { create, type DescField, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import {
  type AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProtoSchema,
  TensorProtoSchema,
  type ValueInfoProtoSchema,
} from 'onnx-buf';
import { byteLength } from '../../src/bundle/tensor.js';
import { elementTypeOf } from './elementType.js';
import type { Attribute, GraphConstant, GraphNode, GraphTensor, OnnxGraph } from './graph.js';

// https://github.com/onnx/onnx/blob/main/docs/Versioning.md: IR 8 is the one that came with operator set 17 or so, and every
// runtime here reads it.
const IR_VERSION = 8n;

/**
 * The bytes of an ONNX file in pieces. A tensor's numbers are a piece, asked for when it is their turn, so that a large network is never
 * in memory as a whole: protobuf's own encoder would hold it four times, once per level of nesting. The pieces follow one another as
 * protobuf writes them, by the numbers of the fields. The same graph gives the same bytes.
 */
export function* modelChunks(graph: OnnxGraph): Generator<Uint8Array> {
  const inGraph = [
    graphPart({ node: graph.nodes.map(nodeOf), name: graph.name }),
    ...graph.constants.map(tensorHead),
    graphPart({ input: graph.inputs.map(valueInfo), output: graph.outputs.map(valueInfo) }),
  ];
  const weightBytes = graph.constants.reduce((sum, constant) => sum + byteLength(constant), 0);
  yield modelPart({ irVersion: IR_VERSION, producerName: 'inferscope' });
  yield start(
    ModelProtoSchema.field.graph,
    inGraph.reduce((sum, { length }) => sum + length, weightBytes),
  );
  yield inGraph[0]!;
  for (const [i, constant] of graph.constants.entries()) {
    yield inGraph[i + 1]!;
    yield constant.data;
  }
  yield inGraph.at(-1)!;
  yield modelPart({ opsetImport: [{ domain: '', version: BigInt(graph.opset) }] });
}

const modelPart = (part: MessageInitShape<typeof ModelProtoSchema>) => toBinary(ModelProtoSchema, create(ModelProtoSchema, part));
const graphPart = (part: MessageInitShape<typeof GraphProtoSchema>) => toBinary(GraphProtoSchema, create(GraphProtoSchema, part));

/** An initializer up to its numbers. */
function tensorHead(constant: GraphConstant): Uint8Array {
  const { name, type, shape } = constant;
  const tensor = create(TensorProtoSchema, { name, dataType: elementTypeOf(type), dims: shape.map(BigInt) });
  const described = toBinary(TensorProtoSchema, tensor);
  const rawData = start(TensorProtoSchema.field.rawData, byteLength(constant));
  const length = described.length + rawData.length + byteLength(constant);
  return Buffer.concat([start(GraphProtoSchema.field.initializer, length), described, rawData]);
}

/** What stands before the bytes of a field that has a length. */
function start({ number }: DescField, length: number): Uint8Array {
  return new BinaryWriter().tag(number, WireType.LengthDelimited).uint32(length).finish();
}

function nodeOf({ name, operator, inputs, outputs, attributes }: GraphNode): MessageInitShape<typeof NodeProtoSchema> {
  return {
    name,
    opType: operator,
    input: [...inputs],
    output: [...outputs],
    attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
  };
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

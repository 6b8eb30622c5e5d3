import { Builder, type Offset } from 'flatbuffers';
import type { LiteGraph, LiteOperator, LitePort, LiteTensor } from './graph.js';
import {
  FILE_IDENTIFIER,
  OPERATOR_CODES,
  OPTIONS,
  type OperatorCode,
  PLACEHOLDER_CODE,
  SCHEMA_VERSION,
  SLOTS,
  TENSOR_TYPE_NUMBERS,
} from './schema.js';

/** Constants begin at a multiple of this: the schema's `force_align`. */
const ALIGNMENT_BYTES = 16;
/** For all but the constants; the builder grows where it is too little. */
const STRUCTURE_BYTES = 1 << 20;

/** The bytes of a .tflite file. The same graph gives the same bytes. */
export function encodeTflite(graph: LiteGraph): Uint8Array {
  const tensors = tensorsOf(graph);
  const constants = tensors.filter(({ data }) => data !== null);
  const codes = [...new Map(graph.operators.map(({ code, version }) => [`${code} ${version}`, { code, version }])).values()];
  const size = constants.reduce((sum, { shape }) => sum + 4 * shape.reduce((a, b) => a * b, 1) + 4 * ALIGNMENT_BYTES, 0);
  const file = new FlatWriter(new Builder(size + STRUCTURE_BYTES));
  const { model, subgraph, buffer, tensor } = SLOTS;

  // A file is written from its end to its beginning, what is referred to before what refers to it. Buffer 0 is empty by definition.
  const buffers = [
    file.table([]),
    ...constants.map(({ data }) => file.table([[buffer.data, 'offset', file.bytes(data!(), ALIGNMENT_BYTES)]])),
  ];
  const tensorTables = tensors.map(({ name, type, shape, data }) =>
    file.table([
      [tensor.shape, 'offset', file.int32s(shape)],
      [tensor.type, 'int8', TENSOR_TYPE_NUMBERS[type]],
      [tensor.buffer, 'int32', data === null ? 0 : 1 + constants.findIndex((other) => other.name === name)],
      [tensor.name, 'offset', file.text(name)],
      [tensor.hasRank, 'int8', 1],
    ]),
  );
  const places = new Map(tensors.map((each, i) => [each, i]));
  const placesOf = (list: readonly LiteTensor[]) => file.int32s(list.map((each) => places.get(each)!));
  const operators = graph.operators.map((each) => {
    const code = codes.findIndex(({ code, version }) => code === each.code && version === each.version);
    return operatorTable(file, each, code, placesOf);
  });
  const main = file.table([
    [subgraph.tensors, 'offset', file.offsets(tensorTables)],
    [subgraph.inputs, 'offset', placesOf(graph.inputs.map((port) => port.tensor))],
    [subgraph.outputs, 'offset', placesOf(graph.outputs.map((port) => port.tensor))],
    [subgraph.operators, 'offset', file.offsets(operators)],
    [subgraph.name, 'offset', file.text('main')],
  ]);
  const root = file.table([
    [model.version, 'int32', SCHEMA_VERSION],
    [model.operatorCodes, 'offset', file.offsets(codes.map((each) => codeTable(file, each)))],
    [model.subgraphs, 'offset', file.offsets([main])],
    [model.description, 'offset', file.text(graph.name)],
    [model.buffers, 'offset', file.offsets(buffers)],
    [model.signatures, 'offset', file.offsets([signatureTable(file, graph, places)])],
  ]);
  return file.finish(root);
}

/** Every tensor once, inputs first. */
function tensorsOf({ inputs, operators }: LiteGraph): LiteTensor[] {
  return [...new Set([...inputs.map(({ tensor }) => tensor), ...operators.flatMap((each) => [...each.inputs, each.output])])];
}

function operatorTable(
  file: FlatWriter,
  { code, inputs, output, options }: LiteOperator,
  codeIndex: number,
  placesOf: (list: readonly LiteTensor[]) => Offset,
): Offset {
  const table = OPTIONS[code];
  const { operator } = SLOTS;
  const fields: Field[] = [
    [operator.code, 'int32', codeIndex],
    [operator.inputs, 'offset', placesOf(inputs)],
    [operator.outputs, 'offset', placesOf([output])],
  ];
  if (table) {
    const values = table.fields.map(({ name, kind }, slot): Field => {
      const value = options[name] ?? (kind === 'int32s' ? [] : 0);
      if (typeof value === 'object') return [slot, 'offset', file.int32s(value)];
      return [slot, kind as 'int8' | 'int32' | 'float32', value];
    });
    fields.push([operator.optionsType, 'int8', table.union], [operator.options, 'offset', file.table(values)]);
  }
  return file.table(fields);
}

function codeTable(file: FlatWriter, { code, version }: { readonly code: OperatorCode; readonly version: number }): Offset {
  const number = OPERATOR_CODES[code];
  const { operatorCode } = SLOTS;
  return file.table([
    [operatorCode.shortCode, 'int8', Math.min(number, PLACEHOLDER_CODE)],
    [operatorCode.version, 'int32', version],
    [operatorCode.code, 'int32', number],
  ]);
}

function signatureTable(file: FlatWriter, { inputs, outputs }: LiteGraph, places: ReadonlyMap<LiteTensor, number>): Offset {
  const { signature, tensorMap } = SLOTS;
  const maps = (ports: readonly LitePort[]) =>
    file.offsets(
      ports.map(({ name, tensor }) =>
        file.table([
          [tensorMap.name, 'offset', file.text(name)],
          [tensorMap.tensor, 'int32', places.get(tensor)!],
        ]),
      ),
    );
  return file.table([
    [signature.inputs, 'offset', maps(inputs)],
    [signature.outputs, 'offset', maps(outputs)],
    [signature.key, 'offset', file.text('serving_default')],
    [signature.subgraph, 'int32', 0],
  ]);
}

type Field = readonly [slot: number, kind: 'int8' | 'int32' | 'float32' | 'offset', value: number];

/** Writes tables of a flat buffer whose fields are given as data. Every field is written, so that no default has to be known. */
class FlatWriter {
  constructor(private readonly builder: Builder) {}

  table(fields: readonly Field[]): Offset {
    const { builder } = this;
    builder.forceDefaults(true);
    builder.startObject(fields.reduce((most, [slot]) => Math.max(most, slot + 1), 0));
    for (const [slot, kind, value] of fields) {
      if (kind === 'int8') builder.addFieldInt8(slot, value, 0);
      else if (kind === 'int32') builder.addFieldInt32(slot, value, 0);
      else if (kind === 'float32') builder.addFieldFloat32(slot, value, 0);
      else builder.addFieldOffset(slot, value, 0);
    }
    return builder.endObject();
  }

  bytes(data: Uint8Array, alignmentBytes: number): Offset {
    this.builder.prep(alignmentBytes, data.length);
    return this.builder.createByteVector(data);
  }

  int32s(values: readonly number[]): Offset {
    this.builder.startVector(4, values.length, 4);
    for (const value of values.toReversed()) this.builder.addInt32(value);
    return this.builder.endVector();
  }

  offsets(values: readonly Offset[]): Offset {
    this.builder.startVector(4, values.length, 4);
    for (const value of values.toReversed()) this.builder.addOffset(value);
    return this.builder.endVector();
  }

  text(text: string): Offset {
    return this.builder.createString(text);
  }

  finish(root: Offset): Uint8Array {
    this.builder.finish(root, FILE_IDENTIFIER);
    return this.builder.asUint8Array();
  }
}

import { fromBinary } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  ModelProtoSchema,
} from 'onnx-buf';
import { expect, test } from 'vitest';
import { encodeModel } from '../../../models/onnx/encodeModel.js';
import { OnnxGraph } from '../../../models/onnx/graph.js';

test('attributes keep their kind', () => {
  const graph = new OnnxGraph('attributes', 1, 17);
  graph.node('Anything', [], { int: 3, ints: [1, 2], none: [], text: 'floor', float: { float: 1 }, floats: { floats: [0.5] } });
  const { node } = fromBinary(ModelProtoSchema, encodeModel(graph)).graph!;
  const attributes = new Map(node[0]!.attribute.map((attribute) => [attribute.name, attribute] as [string, AttributeProto]));
  expect(attributes.get('int')).toMatchObject({ type: AttributeType.INT, i: 3n });
  expect(attributes.get('ints')).toMatchObject({ type: AttributeType.INTS, ints: [1n, 2n] });
  expect(attributes.get('none')).toMatchObject({ type: AttributeType.INTS, ints: [] });
  expect(attributes.get('text')).toMatchObject({ type: AttributeType.STRING, s: new TextEncoder().encode('floor') });
  expect(attributes.get('float')).toMatchObject({ type: AttributeType.FLOAT, f: 1 });
  expect(attributes.get('floats')).toMatchObject({ type: AttributeType.FLOATS, floats: [0.5] });
});

test('constants are shared by name and are not counted, parameters are counted and must be new', () => {
  const graph = new OnnxGraph('names', 1, 17);
  graph.constant('axes', [2], BigInt64Array.of(1n, 2n));
  graph.constant('axes', [2], BigInt64Array.of(1n, 2n));
  graph.constant('index', [], Int32Array.of(5));
  graph.weight('weight', [2, 3], 3);
  expect(graph.parameters).toBe(6);
  expect(graph.constants.map(({ name, type }) => [name, type])).toEqual([
    ['axes', 'int64'],
    ['index', 'int32'],
    ['weight', 'float32'],
  ]);
  expect(() => graph.weight('weight', [2, 3], 3)).toThrow('two parameters named weight');
  expect(() => graph.constant('short', [3], Int32Array.of(1))).toThrow('wants 3');
  const { initializer } = fromBinary(ModelProtoSchema, encodeModel(graph)).graph!;
  expect(initializer[0]).toMatchObject({ dataType: DataType.INT64, dims: [2n] });
  expect([...initializer[0]!.rawData]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]);
});

test('a node may have several outputs, and no two nodes share a name', () => {
  const graph = new OnnxGraph('outputs', 1, 17);
  const halves = graph.nodeWithOutputs('Split', ['x'], 2, { axis: 1 });
  const first = graph.node('Relu', [halves[0]!]);
  const second = graph.node('Relu', [halves[1]!]);
  expect(new Set([...halves, first, second]).size).toBe(4);
});

test('weights depend on the seed and their name, not on the order', () => {
  const weights = (seed: number, names: string[]) => {
    const graph = new OnnxGraph('order', seed, 17);
    for (const name of names) graph.weight(name, [4], 4);
    return Object.fromEntries(graph.constants.map(({ name, data }) => [name, [...new Float32Array(data.buffer)]]));
  };
  expect(weights(1, ['a', 'b'])).toEqual(weights(1, ['b', 'a']));
  expect(weights(1, ['a'])).not.toEqual(weights(2, ['a']));
  expect(weights(1, ['a', 'b']).a).not.toEqual(weights(1, ['a', 'b']).b);
  for (const weight of weights(1, ['a']).a!) expect(Math.abs(weight)).toBeLessThanOrEqual(Math.sqrt(6 / 4));
});

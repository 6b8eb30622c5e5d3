import { expect, test } from 'vitest';
import type { OnnxGraph } from '../../../../models/onnx/graph.js';
import { translate } from '../../../../models/tfjs/translate.js';
import { network } from '../network.js';
import { runBoth } from '../runBoth.js';

const weights = (graph: OnnxGraph, shape: readonly number[]) => graph.weight('w', shape, 5);
const row = (graph: OnnxGraph, name: string, size: number) => graph.weight(name, [size], 6);

test.each([
  ['of matrices', [3, 5], [5, 4], [3, 4]],
  ['of a stack with one matrix', [2, 3, 5], [5, 4], [2, 3, 4]],
  ['of a stack with as large a stack', [2, 3, 5], [2, 5, 4], [2, 3, 4]],
  ['of one matrix with a stack', [3, 5], [2, 5, 4], [2, 3, 4]],
] as const)('MatMul %s', async (_, from, shape, to) => {
  const onnx = network(from, to, (graph) => graph.node('MatMul', ['x', weights(graph, shape)]));
  const { operators, check } = await runBoth(onnx, 1e-5);
  expect(operators).toEqual(['BatchMatMulV2']);
  expect(check).toMatchObject({ match: true });
});

test('MatMul of two values that are computed, heads beside each other', async () => {
  const onnx = network([1, 2, 3, 3], [1, 2, 3, 3], (graph) => graph.node('MatMul', ['x', graph.node('Relu', ['x'])]));
  expect((await runBoth(onnx, 1e-5)).check).toMatchObject({ match: true });
});

test.each([
  ['bias', false, (graph: OnnxGraph, product: string) => graph.node('Add', [product, row(graph, 'b', 4)])],
  [
    'bias, the operands exchanged',
    false,
    (graph: OnnxGraph, product: string) => graph.node('Add', [row(graph, 'b', 4), product]),
  ],
  ['bias and Relu', true, (graph: OnnxGraph, product: string) => graph.node('Add', [product, row(graph, 'b', 4)])],
] as const)('MatMul with %s is one node', async (_, activated, add) => {
  const onnx = network([1, 3, 5], [1, 3, 4], (graph) => {
    const sum = add(graph, graph.node('MatMul', ['x', weights(graph, [5, 4])]));
    return activated ? graph.node('Relu', [sum]) : sum;
  });
  const { operators, check } = await runBoth(onnx, 1e-5);
  expect(operators).toEqual(['_FusedMatMul']);
  expect(check).toMatchObject({ match: true });
});

test('What is added to a MatMul and is no bias of its columns stays apart', async () => {
  const single = network([1, 3, 5], [1, 3, 4], (graph) =>
    graph.node('Add', [graph.node('MatMul', ['x', weights(graph, [5, 4])]), row(graph, 'b', 1)]),
  );
  const residual = network([1, 3, 5], [1, 3, 5], (graph) =>
    graph.node('Add', [graph.node('MatMul', ['x', weights(graph, [5, 5])]), 'x']),
  );
  const itself = network([1, 3, 5], [1, 3, 4], (graph) => {
    const product = graph.node('MatMul', ['x', weights(graph, [5, 4])]);
    return graph.node('Add', [product, product]);
  });
  for (const onnx of [single, residual, itself]) {
    const { operators, check } = await runBoth(onnx, 1e-5);
    expect(operators).toEqual(['BatchMatMulV2', 'AddV2']);
    expect(check).toMatchObject({ match: true });
  }
});

test('MatMul with a vector is refused', () => {
  const onnx = network([3, 5], [3], (graph) => graph.node('MatMul', ['x', row(graph, 'w', 5)]));
  expect(() => translate(onnx)).toThrow('MatMul of a vector has no translation');
});

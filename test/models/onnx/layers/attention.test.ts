import { expect, test } from 'vitest';
import { OnnxGraph } from '../../../../models/onnx/graph.js';
import { attention } from '../../../../models/onnx/layers/attention.js';
import { attentionMask } from '../../../../models/onnx/layers/attentionMask.js';
import { seededInput } from '../../../../models/seededInput.js';
import { runBoth } from '../../tfjs/runBoth.js';

const TOKENS = 4;
const WIDTH = 6;
const HEADS = 3;
const SIZE = WIDTH / HEADS;

/** Attention over `x`; the mask lets every token be seen, or leaves the last one out. */
function attentive(lastSeen: boolean): OnnxGraph {
  const graph = new OnnxGraph('test', 3, 17);
  const x = graph.input('x', 'float32', [1, TOKENS, WIDTH]);
  const seen = BigInt64Array.from({ length: TOKENS }, (_, i) => (i < TOKENS - 1 || lastSeen ? 1n : 0n));
  const mask = attentionMask(graph, graph.constant('seen', [1, TOKENS], seen));
  const sizes = { queryFeatures: WIDTH, valueFeatures: WIDTH, width: WIDTH, heads: HEADS };
  graph.output(attention(graph, x, x, mask, 'self', sizes), 'y', 'float32', [1, TOKENS, WIDTH]);
  return graph;
}

test.each([
  ['over all tokens', true, TOKENS],
  ['without the one that is masked', false, TOKENS - 1],
])('Attention %s is softmax(Q · Kᵀ / √size) · V of each head', async (_, lastSeen, seen) => {
  const graph = attentive(lastSeen);
  const { check, outputs } = await runBoth(graph, 1e-5);
  expect(check).toMatchObject({ match: true });
  const actual = new Float32Array(outputs[0]!.data.buffer, outputs[0]!.data.byteOffset, TOKENS * WIDTH);
  const expected = byHand(graph, seen);
  expected.forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, 5);
  });
});

function byHand(graph: OnnxGraph, seen: number): number[] {
  const x = new Float32Array(seededInput({ name: 'x', type: 'float32', shape: [1, TOKENS, WIDTH] }, 1).buffer);
  const weights = new Map(graph.constants.map(({ name, data }) => [name, data]));
  /** A feature of a token behind the layer of that name. */
  const layer = (name: string) => {
    const { buffer, byteOffset } = weights.get(`self.${name}.weight`)!;
    const matrix = new Float32Array(buffer, byteOffset, WIDTH * WIDTH);
    return (token: number, feature: number): number => sum(WIDTH, (i) => x[token * WIDTH + i]! * matrix[i * WIDTH + feature]!);
  };
  const [query, key, value] = ['query', 'key', 'value'].map(layer) as [Layer, Layer, Layer];
  return Array.from({ length: TOKENS * WIDTH }, (_, at) => {
    const token = Math.floor(at / WIDTH);
    const first = Math.floor((at % WIDTH) / SIZE) * SIZE;
    const scores = Array.from({ length: seen }, (_unused, other) =>
      Math.exp(sum(SIZE, (i) => query(token, first + i) * key(other, first + i)) / Math.sqrt(SIZE)),
    );
    const total = scores.reduce((a, b) => a + b);
    return sum(seen, (other) => (scores[other]! / total) * value(other, at % WIDTH));
  });
}

type Layer = (token: number, feature: number) => number;

const sum = (count: number, term: (i: number) => number): number =>
  Array.from({ length: count }, (_, i) => term(i)).reduce((a, b) => a + b, 0);

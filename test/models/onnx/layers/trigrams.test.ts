import { expect, test } from 'vitest';
import { trigrams } from '../../../../models/onnx/layers/trigrams.js';
import { seededInput } from '../../../../models/seededInput.js';
import { network } from '../../tfjs/network.js';
import { runBoth } from '../../tfjs/runBoth.js';

const TOKENS = 4;

test('Trigrams put the next token before a token and the previous one behind it, and zeros at both ends', async () => {
  const shape = [1, TOKENS, 2];
  const { check, outputs } = await runBoth(
    network(shape, [1, TOKENS, 6], (graph) => trigrams(graph, 'x', TOKENS)),
    0,
  );
  expect(check).toMatchObject({ match: true });
  const x = [...new Float32Array(seededInput({ name: 'x', type: 'float32', shape }, 1).buffer)];
  const token = (at: number): number[] => (at < 0 || at >= TOKENS ? [0, 0] : x.slice(2 * at, 2 * at + 2));
  const { buffer, byteOffset } = outputs[0]!.data;
  expect([...new Float32Array(buffer, byteOffset, TOKENS * 6)]).toEqual(
    Array.from({ length: TOKENS }, (_, at) => [at + 1, at, at - 1].flatMap(token)).flat(),
  );
});

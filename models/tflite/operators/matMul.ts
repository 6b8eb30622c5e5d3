import type { LiteTensor } from '../graph.js';
import { isSet, type Operator } from '../translation.js';
import { activated } from './activated.js';
import { broadcast } from './broadcast.js';
import { reordered } from './reordered.js';

/**
 * Products of matrices: with a constant matrix FULLY_CONNECTED, whose weights are [out, in]; of two that are computed BATCH_MATMUL. A bias
 * and an activation may be inside.
 */
export const matMul: Operator = (translation, node) => {
  if (['transpose_a', 'transpose_b', 'adj_x', 'adj_y'].some((name) => isSet(node, name))) {
    throw new Error('Products of transposed matrices have no translation to LiteRT.');
  }
  const [a, b, bias] = node.inputs.map((name) => translation.tensor(name)) as [LiteTensor, LiteTensor, LiteTensor?];
  if (b.data !== null && b.shape.length === 2) {
    const weights = reordered(translation, b, [1, 0]);
    const shape = [...a.shape.slice(0, -1), b.shape[1]!];
    // Without keepDimensions, which came with version 5, all but the last dimension become one.
    const keeps = a.shape.length > 2;
    const inputs = bias ? [a, weights, bias] : [a, weights];
    const version = keeps ? 5 : 1;
    activated(translation, node, (name) =>
      translation.add('FULLY_CONNECTED', inputs, { name, shape }, { keepDimensions: keeps ? 1 : 0 }, version),
    );
    return;
  }
  const shape = [...broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2)), a.shape.at(-2)!, b.shape.at(-1)!];
  activated(translation, node, (name) => {
    const product = translation.add('BATCH_MATMUL', [a, b], { name: bias ? `${name}/product` : name, shape });
    return bias ? translation.add('ADD', [product, bias], { name, shape }) : product;
  });
};

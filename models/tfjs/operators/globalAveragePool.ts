import type { Operator } from '../translation.js';

/** GlobalAveragePool of images: Mean over height and width, which stay as dimensions of size 1. */
export const globalAveragePool: Operator = (translation, node) => {
  const input = translation.value(node.inputs[0]!);
  const name = node.outputs[0]!;
  const axes = translation.ints('axes/height-width', [1, 2]);
  translation.graph.node(name, 'Mean', [translation.channelsLast(input), axes], {
    keep_dims: { b: true },
    Tidx: { type: 'DT_INT32' },
  });
  return { node: name, shape: [input.shape[0]!, input.shape[1]!, 1, 1], channelsLast: true };
};

import type { TfGraph, TfNode } from '../graph.js';

/**
 * The bias that a node adds to a convolution or product before it: that of a BiasAdd, or of an AddV2 of one constant number per column,
 * which is how TensorFlow's own optimizer finds it too.
 * Source: https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/grappler/optimizers/remapper.cc, `IsBiasSemanticAdd`
 *
 * @returns name of the constant, or undefined if the node adds none
 */
export function biasOf(graph: TfGraph, product: TfNode, adding: TfNode): string | undefined {
  if (adding.op === 'BiasAdd') return adding.inputs[0] === product.name ? adding.inputs[1] : undefined;
  if (adding.op !== 'AddV2' || product.op !== 'BatchMatMulV2') return undefined;
  const columns = graph.constantNamed(product.inputs[1]!)?.shape.at(-1);
  const other = adding.inputs.find((name) => name !== product.name);
  const bias = other === undefined ? undefined : graph.constantNamed(other);
  return bias?.shape.length === 1 && bias.shape[0] === columns ? bias.name : undefined;
}

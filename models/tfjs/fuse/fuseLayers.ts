import { attribute, type TfGraph, type TfNode } from '../graph.js';
import { biasOf } from './biasOf.js';
import { soleConsumer } from './soleConsumer.js';

/** Operators that have a form with bias and activation inside. */
const FUSED: Readonly<Record<string, string>> = {
  BatchMatMulV2: '_FusedMatMul',
  Conv2D: '_FusedConv2D',
  DepthwiseConv2dNative: 'FusedDepthwiseConv2dNative',
  MatMul: '_FusedMatMul',
};
const ACTIVATIONS: ReadonlySet<string> = new Set(['Relu', 'Relu6']);

/**
 * Makes one node of a convolution or matrix product, its bias and its activation, as TF.js's converter does: its kernels
 * then touch every result once. The node has the name of the last of them.
 */
export function fuseLayers(graph: TfGraph): void {
  const consumerOf = soleConsumer(graph);
  const fused = new Map<string, TfNode>();
  const gone = new Set<string>();
  for (const node of graph.nodes) {
    const op = FUSED[node.op];
    const bias = consumerOf(node);
    const biasName = op && bias ? biasOf(graph, node, bias) : undefined;
    if (!op || !bias || biasName === undefined) continue;
    const next = consumerOf(bias);
    const activation = next && ACTIVATIONS.has(next.op) ? next : undefined;
    const last = activation ?? bias;
    fused.set(last.name, {
      name: last.name,
      op,
      inputs: [...node.inputs, biasName],
      attributes: {
        ...node.attributes,
        fused_ops: attribute.texts(activation ? ['BiasAdd', activation.op] : ['BiasAdd']),
        num_args: { i: '1' },
        epsilon: { f: 0 },
      },
    });
    gone.add(node.name);
    if (activation) gone.add(bias.name);
  }
  graph.nodes = graph.nodes.filter(({ name }) => !gone.has(name)).map((node) => fused.get(node.name) ?? node);
}

import type { TfGraph } from '../tfjs/graph.js';
import { fuseActivations } from './fuse/fuseActivations.js';
import { fuseGelu } from './fuse/fuseGelu.js';
import type { LiteGraph, LitePort } from './graph.js';
import { operators } from './operators/index.js';
import { Translation } from './translation.js';

/** Version of the translation: raise it with every change of what it makes, so that no cache serves the old files. */
export const TRANSLATOR = 1;

/**
 * The same network as a LiteRT graph, made from its TensorFlow graph as LiteRT's converter does: weights in the order of its kernels,
 * activations inside the layers before them. Every size is known beforehand.
 *
 * @throws Error for an operator, or a use of one, that has no translation
 */
export function translateToLite(name: string, graph: TfGraph): LiteGraph {
  const source = fuseGelu(graph);
  const translation = new Translation(source);
  for (const node of source.nodes) {
    const operator = operators[node.op];
    if (!operator) throw new Error(`The operator ${node.op} has no translation to LiteRT.`);
    operator(translation, node);
  }
  const ports = (list: TfGraph['inputs']): LitePort[] =>
    list.map((port) => ({ name: port.name, tensor: translation.tensor(port.node) }));
  return fuseActivations({
    name,
    inputs: ports(source.inputs),
    outputs: ports(source.outputs),
    operators: translation.operators,
  });
}

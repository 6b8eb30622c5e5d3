import type { TfNode } from '../../tfjs/graph.js';
import type { LiteTensor } from '../graph.js';
import { type Translation, textsOf } from '../translation.js';

const ACTIVATIONS = { Relu: 'RELU', Relu6: 'RELU6' } as const;

/**
 * A layer, and after it the activation that TensorFlow's fused node has inside, as an operator; `fuseActivations` puts it back where LiteRT
 * has a place for it.
 */
export function activated(translation: Translation, node: TfNode, layer: (name: string) => LiteTensor): void {
  const names = textsOf(node, 'fused_ops').filter((name) => name !== 'BiasAdd');
  const [activation] = names;
  if (activation === undefined) return void layer(node.name);
  if (!Object.hasOwn(ACTIVATIONS, activation) || names.length > 1) {
    throw new Error(`A layer with ${names.join(' and ')} inside has no translation to LiteRT.`);
  }
  const made = layer(`${node.name}/linear`);
  translation.add(ACTIVATIONS[activation as keyof typeof ACTIVATIONS], [made], { name: node.name, shape: made.shape });
}

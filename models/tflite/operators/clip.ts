import type { LiteTensor } from '../graph.js';
import type { Operator } from '../translation.js';

/** ClipByValue: MAXIMUM with the lower limit, and MINIMUM with the upper one. */
export const clip: Operator = (translation, node) => {
  const [input, low, high] = node.inputs.map((name) => translation.tensor(name)) as [LiteTensor, LiteTensor, LiteTensor];
  const { shape } = input;
  const raised = translation.add('MAXIMUM', [input, low], { name: `${node.name}/raised`, shape });
  translation.add('MINIMUM', [raised, high], { name: node.name, shape });
};

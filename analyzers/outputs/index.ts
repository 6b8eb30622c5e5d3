import { fact, manifest } from '../input.js';
import { question, warning } from '../question.js';
import { view } from './view.js';

/** Whether browser and native computed the same. */
const outputCheck = fact('outputs', (get) => get(manifest).outputs);

export const outputs = question({
  facts: { outputs: outputCheck },
  notes: (get) => (get.maybe(outputCheck)?.match === false ? [DIFFER] : []),
  view,
});

const DIFFER = warning(
  'outputs-differ',
  'The browser and the native run computed different outputs from the same inputs, so comparing their times may be meaningless.',
);

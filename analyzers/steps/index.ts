import { fact } from '../input.js';
import { question } from '../question.js';
import { validity } from '../validity/index.js';
import { seen } from './seen.js';
import { ladderSteps } from './sources/ladder.js';
import { stepsOf } from './steps.js';
import { view } from './view.js';

/** What to do, what it saves, how that is known, and who can do it. */
export const steps = question({
  facts: {
    steps: fact('steps', (get) => stepsOf(get(seen), get.maybe(validity.facts.validity))),
    refuted: fact('refuted', (get) => ladderSteps(get(seen)).refuted),
  },
  notes: () => [],
  view,
});

import { bundle, fact } from '../input.js';
import { question } from '../question.js';
import { seen } from '../steps/seen.js';
import { validityOf } from './validity.js';
import { view } from './view.js';

/** Whether the figures can be trusted, and why not. */
export const validity = question({
  facts: {
    /** Null where nothing was timed, and no inference was looked for. */
    validity: fact('validity', (get) => {
      const recorded = get.maybe(bundle);
      const failed = recorded?.collectors.trace;
      return validityOf(get(seen), {
        dataLoss: recorded?.trace?.dataLoss ?? false,
        traceLost: failed?.outcome === 'failed' ? failed.detail.replace(/^the trace was lost: /i, '') : null,
      });
    }),
  },
  notes: () => [],
  view,
});

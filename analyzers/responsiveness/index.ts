import { fact, trace } from '../input.js';
import { question } from '../question.js';
import { foundWindows } from '../windows/index.js';
import { interactions } from './inputs.js';
import { interactionTimes } from './interactionsIn.js';
import { view } from './view.js';

/** How soon the page that infers answered what its user did. */
export const responsiveness = question({
  facts: {
    /** Null where nobody used the page while it was recorded, or no window was found. */
    interactions: fact('interactions', (get) => {
      const { pid } = get(trace).tables.threads.columns;
      const windows = get.maybe(foundWindows)?.windows ?? [];
      const processes = new Set(windows.map(({ thread }) => pid[thread]!));
      return interactionTimes(
        [...processes].flatMap((process) => interactions(get(trace), process)),
        windows,
      );
    }),
  },
  notes: () => [],
  view,
});

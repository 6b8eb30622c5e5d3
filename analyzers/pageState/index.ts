import { plural } from '../../src/view/format.js';
import { fact, page } from '../input.js';
import { info, type Note, question, warning } from '../question.js';
import { errorsOf, type PageState, pageState } from './pageState.js';
import { textOf, view } from './view.js';

/** State of the page's document and what it reported; null for a run that the tool drives, and if the page did not answer. */
export const state = fact('pageState', (get) => {
  const { state: document } = get(page);
  return document && pageState(document);
});

/** Whether the page could use what it asked for, and what went wrong in it. */
export const pageStateQuestion = question({
  facts: { pageState: state },
  notes: (get) => {
    const known = get.maybe(state);
    return known ? [...threads(known), ...reported(known)] : [];
  },
  view,
});

function threads({ threads: found, headersMissing }: PageState): Note[] {
  if (!found || headersMissing.length === 0) return [];
  return [
    warning(
      'page-not-isolated',
      `The page asked for ${found.asked} threads and runs on ${found.got}, as it is not cross-origin isolated. Serve it with ${headersMissing.join(' and ')}.`,
    ),
  ];
}

function reported(known: PageState): Note[] {
  const errors = errorsOf(known);
  if (errors.length === 0) return [];
  return [info('page-errors', `The page reported ${plural(errors.length, 'error')}; the first: ${textOf(errors[0]!)}`)];
}

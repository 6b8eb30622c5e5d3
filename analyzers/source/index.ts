import { fact, trace } from '../input.js';
import { question } from '../question.js';
import { describeTrace } from './traceFacts.js';
import { view } from './view.js';

/** What the trace contains, regardless of what recorded it. */
export const source = question({
  facts: { trace: fact('trace', (get) => describeTrace(get(trace))) },
  notes: () => [],
  view,
});

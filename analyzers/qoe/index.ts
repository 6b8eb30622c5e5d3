import { accuracyFact } from '../accuracy/index.js';
import { fact, manifest } from '../input.js';
import { type Note, question, warning } from '../question.js';
import { type Qoe, qoeOf } from './qoe.js';
import { qoeRounds } from './rounds.js';
import { view } from './view.js';

/** What a user of a page gets while inference runs. */
const used = fact('qoe', (get) => {
  const { qoe } = get.input;
  const known = qoe && qoeOf(qoe.log, qoeRounds(qoe, get(manifest).id));
  return known && { ...known, accuracy: get.maybe(accuracyFact) };
});

export const qoe = question({
  facts: { qoe: used },
  notes: (get) => {
    const known = get.maybe(used);
    return known ? doubts(known) : [];
  },
  view,
});

/** Fewer rounds have wide intervals. */
const ENOUGH_ROUNDS = 3;

function doubts({ isContended, conditions, responsiveness }: Qoe): Note[] {
  const lost = responsiveness.filter(({ interactions, operations }) => interactions < operations);
  return [
    ...(isContended
      ? [
          warning(
            'qoe-contended',
            'While the page was used, other programs kept it from having a core even without inference: what inference adds is not known.',
          ),
        ]
      : []),
    ...(conditions.some(({ rounds }) => rounds < ENOUGH_ROUNDS)
      ? [warning('qoe-few-rounds', 'The page was used in fewer than three rounds of each condition: there are no intervals.')]
      : []),
    ...lost.map(({ id, interactions, operations }) =>
      warning('qoe-interactions-lost', `Of ${operations} operations (${id}) the trace shows ${interactions} interactions.`),
    ),
  ];
}

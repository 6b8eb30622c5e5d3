import type { CompareAnalysis } from '../../../analyzers/compare/index.js';
import { compareSentences, compareView } from '../../../analyzers/compare/view.js';
import { formatName, formatPlural } from '../../view/format.js';
import type { AnsweredDocument } from './document.js';
import { machineMethod } from './machineMethod.js';

const ENDED = {
  width: 'when the intervals were narrow enough',
  processes: 'when as many had run as were asked for',
  budget: 'with the budget',
} as const;

/** Two things that ran in turn: what changed, and by which causes. */
export function compareDocument(analysis: CompareAnalysis): AnsweredDocument {
  const { sides, notes, source, rounds, ended, recorded } = analysis;
  const { a, b } = sides;
  return {
    title: `${formatName(a.name)} and ${formatName(b.name)} compared`,
    details: `a: ${sideText(a)}; b: ${sideText(b)}; ${recorded === 'apart' ? 'recorded apart' : `${formatPlural(rounds, 'round')} of fresh processes in turn`}`,
    alarms: [
      ...(source.complete ? [] : ['The comparison was stopped before its end: what follows is of the rounds that are complete.']),
      ...notes.filter(({ level }) => level === 'warning').map(({ text }) => text),
    ],
    sentences: compareSentences(analysis),
    section: { id: compareView.id, title: compareView.title, blocks: compareView.blocks(analysis) },
    lines: compareView.brief(analysis),
    notes,
    method: machineMethod(
      analysis,
      recorded === 'apart'
        ? []
        : [
            ['Rounds', `${rounds}, ended ${ended === null ? 'before their end' : ENDED[ended]}`],
            ['Order', 'random in every round'],
          ],
    ),
  };
}

const sideText = ({ name, options }: CompareAnalysis['sides']['a']): string => `${name} (${options.join(' ') || 'as is'})`;

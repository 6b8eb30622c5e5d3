import type { BisectAnalysis } from '../../../analyzers/bisect/index.js';
import { answerSentences, bisectView, runText } from '../../../analyzers/bisect/view.js';
import { formatShare } from '../../view/format.js';
import type { AnsweredDocument } from './document.js';
import { machineMethod } from './machineMethod.js';

/** A search among builds: the answer, each build, what grew. */
export function bisectDocument(analysis: BisectAnalysis): AnsweredDocument {
  const { plan, notes, source, browser } = analysis;
  return {
    title: `${plan.package}: which build is slower`,
    details: runText(analysis),
    alarms: [
      ...(source.complete ? [] : ['The search was stopped before its end. The same command goes on from here.']),
      ...notes.filter(({ level }) => level === 'warning').map(({ text }) => text),
    ],
    sentences: answerSentences(analysis),
    section: { id: bisectView.id, title: bisectView.title, blocks: bisectView.blocks(analysis) },
    lines: bisectView.brief(analysis),
    notes,
    method: machineMethod(analysis, [
      ['Browser', browser ?? 'not started'],
      [
        'Builds',
        plan.published ? 'as published on npm, checked by the integrity that the registry names' : 'folders that the user named',
      ],
      ['Limit', formatShare(plan.limit)],
      ['Order', `random in every round, seed ${plan.seed}`],
    ]),
  };
}

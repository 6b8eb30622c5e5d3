import type { Analysis } from '../../analyzers/index.js';
import { view as validityView } from '../../analyzers/validity/view.js';
import { answer } from './answer.js';
import { escaped, markdownBlocks } from './markdown.js';
import { subjectDetails, subjectTitle } from './subject.js';
import { views } from './views.js';

const LEVELS = { warning: 'Doubtful', lack: 'Not measured', info: 'Good to know' } as const;

/**
 * An analysis as GitHub-flavoured Markdown, for a comment or a build summary: whether it is valid, the answer, what to do, and the
 * view of each question. All text of the analysis is untrusted: it becomes no markup, no link and no mention. Ends with a line break.
 */
export function renderMarkdown(analysis: Analysis): string {
  const { sentences, certainty } = answer(analysis);
  const details = subjectDetails(analysis);
  const verdict = markdownBlocks(validityView.blocks(analysis));
  const notes = analysis.notes.filter(({ level }) => level !== 'info');
  const parts = [
    `# ${escaped(subjectTitle(analysis))}`,
    ...(details ? [escaped(details)] : []),
    ...(verdict === '' ? [] : [verdict]),
    ...sentences.map((sentence) => escaped(sentence)),
    ...views.flatMap((view) => {
      const blocks = view.id === validityView.id ? [] : view.blocks(analysis);
      return blocks.length > 0 ? [`## ${escaped(view.title)}`, markdownBlocks(blocks)] : [];
    }),
    ...(certainty.length > 0 ? ['## How sure this is', certainty.map((line) => `- ${escaped(line)}`).join('\n')] : []),
    ...(notes.length > 0 ? ['## Notes', notes.map(({ level, text }) => `- ${LEVELS[level]}: ${escaped(text)}`).join('\n')] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

import type { Analysis } from '../../analyzers/index.js';
import { answer } from './answer.js';
import { escaped, markdownBlocks } from './markdown.js';
import { nextSteps } from './nextSteps.js';
import { views } from './sections/index.js';
import { subjectDetails, subjectTitle } from './subject.js';

const LEVELS = { warning: 'Doubtful', lack: 'Not measured', info: 'Good to know' } as const;

/**
 * An analysis as GitHub-flavoured Markdown, for a comment or a build summary: the answer, what to do next, and the tables of each
 * question whose view is data. All text of the analysis is untrusted: it becomes no markup, no link and no mention. Ends with a
 * line break.
 */
export function renderMarkdown(analysis: Analysis): string {
  const { alarms, sentences, certainty } = answer(analysis);
  const details = subjectDetails(analysis);
  const steps = nextSteps(analysis);
  const notes = analysis.notes.filter(({ level }) => level !== 'info');
  const parts = [
    `# ${escaped(subjectTitle(analysis))}`,
    ...(details ? [escaped(details)] : []),
    ...alarms.map((alarm) => `> **Check this first.** ${escaped(alarm)}`),
    ...sentences.map((sentence) => escaped(sentence)),
    ...(certainty.length > 0 ? ['## How sure this is', certainty.map((line) => `- ${escaped(line)}`).join('\n')] : []),
    ...(steps.length > 0 ? ['## What to do next', markdownBlocks([{ block: 'steps', steps }])] : []),
    ...views.flatMap((view) => {
      const blocks = view.blocks(analysis);
      return blocks.length > 0 ? [`## ${escaped(view.title)}`, markdownBlocks(blocks)] : [];
    }),
    ...(notes.length > 0 ? ['## Notes', notes.map(({ level, text }) => `- ${LEVELS[level]}: ${escaped(text)}`).join('\n')] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

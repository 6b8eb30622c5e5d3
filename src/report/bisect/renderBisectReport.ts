import type { BisectAnalysis } from '../../../analyzers/bisect/index.js';
import { answerSentences, bisectView, runText } from '../../../analyzers/bisect/view.js';
import { inertText } from '../../text/inertText.js';
import { formatBytes, formatPlural, formatShare } from '../../view/format.js';
import { type Html, html, prose } from '../html.js';
import { htmlBlocks } from '../htmlBlocks.js';
import { figures, page } from '../page.js';

/**
 * A search among builds as one HTML file that needs no network: the answer, each build, what grew. All text is untrusted: it is
 * escaped, made inert, and never becomes markup, an address or code.
 * @param client the bundled script of the report, dist/browser/report.js
 */
export function renderBisectReport(analysis: BisectAnalysis, client: string): string {
  const { charts, flames, context } = figures();
  const { plan, notes } = analysis;
  const title = inertText(`${plan.package}: which build is slower`, 120);
  const body = html`<header id="answer"><h1>${title}</h1>
<p class="details">${inertText(runText(analysis), 400)}</p>
${alarms(analysis)}
<ul class="answer">${answerSentences(analysis).map((sentence) => html`<li>${prose(inertText(sentence, 2000))}</li>`)}</ul>
</header>
${section(bisectView.id, bisectView.title, htmlBlocks(bisectView.blocks(analysis), context(3)))}
${
  notes.length > 0
    ? section(
        'notes',
        'What is doubtful or missing',
        html`<dl class="notes">${notes.map(
          ({ level, text }) =>
            html`<div class="${level}"><dt>${LEVELS[level]}</dt><dd>${prose(inertText(text, 1000))}</dd></div>`,
        )}</dl>`,
      )
    : null
}
${section('method', 'Method', method(analysis))}`;
  return page({ title, contents: null, body, charts, flames, client });
}

function section(id: string, title: string, content: Html): Html {
  return html`<section id="${id}"><h2>${title}</h2>
${content}</section>
`;
}

const LEVELS = { warning: 'Doubtful', lack: 'Not measured', info: 'Note' } as const;

function alarms({ notes, source }: BisectAnalysis): Html[] {
  const texts = [
    ...(source.complete ? [] : ['The search was stopped before its end. The same command goes on from here.']),
    ...notes.filter(({ level }) => level === 'warning').map(({ text }) => text),
  ];
  return texts.map(
    (text) => html`<p class="alarm" role="alert"><strong>Check this first.</strong> ${prose(inertText(text, 1000))}</p>`,
  );
}

/** The machine, the browser, and what was asked. */
function method({ plan, machine, browser, toolVersion, source }: BisectAnalysis): Html {
  const facts: readonly (readonly [string, string])[] = [
    ['Machine', `${inertText(machine.cpu, 80)}, ${formatPlural(machine.cores, 'core')}, ${formatBytes(machine.memoryBytes)}`],
    ['System', `${inertText(machine.os, 80)}, Node ${inertText(machine.node, 40)}`],
    ['Browser', inertText(browser ?? 'not started', 80)],
    [
      'Builds',
      plan.published ? 'as published on npm, checked by the integrity that the registry names' : 'folders that the user named',
    ],
    ['Limit', formatShare(plan.limit)],
    ['Order', `random in every round, seed ${plan.seed}`],
    ['Analyzed by', `Inferscope ${inertText(toolVersion, 40)}`],
    ['Folder', inertText(source.name, 200)],
  ];
  return html`<dl class="facts">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${prose(text)}</dd></div>`)}</dl>
`;
}

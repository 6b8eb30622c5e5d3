import { inertText } from '../../text/inertText.js';
import { type Html, html, prose } from '../html.js';
import { htmlBlocks } from '../htmlBlocks.js';
import { figures, page } from '../page.js';
import type { AnsweredDocument } from './document.js';

/**
 * A document as one HTML file that needs no network. All text is escaped, made inert, and never becomes markup, an address or code.
 * @param client the bundled script of the report, dist/browser/report.js
 */
export function renderDocumentReport(document: AnsweredDocument, client: string): string {
  const { charts, flames, context } = figures();
  const { details, alarms, sentences, section, notes, method } = document;
  const title = inertText(document.title, 120);
  const body = html`<header id="answer"><h1>${title}</h1>
<p class="details">${inertText(details, 400)}</p>
${alarms.map((text) => html`<p class="alarm" role="alert"><strong>Check this first.</strong> ${prose(inertText(text, 1000))}</p>`)}
<ul class="answer">${sentences.map((sentence) => html`<li>${prose(inertText(sentence, 2000))}</li>`)}</ul>
</header>
${sectionOf(section.id, section.title, htmlBlocks(section.blocks, context(3)))}
${
  notes.length > 0
    ? sectionOf(
        'notes',
        'What is doubtful or missing',
        html`<dl class="notes">${notes.map(
          ({ level, text }) =>
            html`<div class="${level}"><dt>${LEVELS[level]}</dt><dd>${prose(inertText(text, 1000))}</dd></div>`,
        )}</dl>`,
      )
    : null
}
${sectionOf(
  'method',
  'Method',
  html`<dl class="facts">${method.map(([term, text]) => html`<div><dt>${term}</dt><dd>${prose(inertText(text, 200))}</dd></div>`)}</dl>
`,
)}`;
  return page({ title, contents: null, body, charts, flames, client });
}

function sectionOf(id: string, title: string, content: Html): Html {
  return html`<section id="${id}"><h2>${title}</h2>
${content}</section>
`;
}

const LEVELS = { warning: 'Doubtful', lack: 'Not measured', info: 'Note' } as const;

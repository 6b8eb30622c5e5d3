import type { Analysis } from '../../analyzers/index.js';
import { glossary } from './glossary.js';
import { gpuDevice } from './gpuWords.js';
import { type Html, html, trusted } from './html.js';
import { figures, page } from './page.js';
import { answerSection } from './sections/answerSection.js';
import { comparison } from './sections/comparisonSection.js';
import { sections } from './sections/index.js';
import type { PageContext } from './sections/section.js';
import { subjectTitle } from './subject.js';

/**
 * One HTML file that needs no network: the answer first, then the details; `client` draws the charts in the page. All text of the
 * analysis is untrusted: it is escaped, made inert, and never becomes markup, an address or code.
 *
 * @param analysis one, or several: these get a comparison before the details of each
 * @param client the bundled script that draws the charts, dist/browser/report.js
 */
export function renderReport(analysis: Analysis | readonly Analysis[], client: string): string {
  const analyses = Array.isArray(analysis) ? (analysis as readonly Analysis[]) : [analysis as Analysis];
  const { charts, context } = figures();
  const single = analyses.length === 1 ? analyses[0]! : null;
  const title = single ? subjectTitle(single) : `${analyses.length} inputs compared`;
  const anchors = analyses.map((_, place) => `input-${place + 1}`);
  const body = single
    ? html`<header><h1>${title}</h1>${answerSection.render(single, context(2))}</header>${details(single, context(3), 'h2', '')}`
    : html`<header><h1>${title}</h1>${comparison(analyses, anchors, context(2))}</header>
${analyses.map(
  (each, place) => html`<article id="${anchors[place]!}"><h2>${String(place + 1)}. ${subjectTitle(each)}</h2>
${answerSection.render(each, context(3))}${details(each, context(4), 'h3', `${anchors[place]}-`)}</article>`,
)}`;
  return page({
    title,
    body: html`${body}<section id="words"><h2>What the numbers mean</h2>${glossary(
      analyses,
      analyses.some((each) => gpuDevice(each) !== null),
    )}</section>`,
    charts,
    client,
  });
}

function details(analysis: Analysis, context: PageContext, heading: 'h2' | 'h3', prefix: string): Html[] {
  return sections.flatMap((section) => {
    const content = section.render(analysis, context);
    if (content === null) return [];
    return [
      html`<section id="${prefix}${section.id}">${element(heading, section.title)}
${content}</section>
`,
    ];
  });
}

function element(tag: string, text: string): Html {
  return html`<${trusted(tag)}>${text}</${trusted(tag)}>`;
}

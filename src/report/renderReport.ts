import type { Analysis } from '../../analyzers/index.js';
import { formatPlural } from '../view/format.js';
import { answerSection } from './frame/answerSection.js';
import { comparison } from './frame/comparisonSection.js';
import type { PageContext } from './frame/section.js';
import { glossary, glossaryHtml } from './glossary.js';
import { type Group, groups } from './groups.js';
import { type Html, html, prose, trusted } from './html.js';
import { figures, page } from './page.js';
import { subjectTitle } from './subject.js';

/**
 * One HTML file that needs no network: the answer first, then the details in groups that unfold; `client` draws the charts in the
 * page. All text of the analysis is untrusted: it is escaped, made inert, and never becomes markup, an address or code.
 *
 * @param analysis one, or several: these get a comparison before the details of each
 * @param client the bundled script that draws the charts, dist/browser/report.js
 */
export function renderReport(analysis: Analysis | readonly Analysis[], client: string): string {
  const analyses = Array.isArray(analysis) ? (analysis as readonly Analysis[]) : [analysis as Analysis];
  const { charts, flames, context } = figures();
  const single = analyses.length === 1 ? analyses[0]! : null;
  const title = single ? subjectTitle(single) : `${analyses.length} inputs compared`;
  const words = glossary(analyses);
  const anchors = analyses.map((_, place) => `input-${place + 1}`);
  const shown = single ? shownGroups(single, context(4)) : [];
  const body = single
    ? html`<header id="answer"><h1>${title}</h1>${answerSection.render(single, context(2))}</header>
${shown.map((group) => groupHtml(group, { level: 2, prefix: '' }))}`
    : html`<header id="answer"><h1>${title}</h1>${comparison(analyses, anchors, context(2))}</header>
${analyses.map(
  (each, place) => html`<article id="${anchors[place]!}"><h2>${String(place + 1)}. ${subjectTitle(each)}</h2>
${answerSection.render(each, context(3))}${shownGroups(each, context(5)).map((group) =>
  groupHtml(group, { level: 3, prefix: `${anchors[place]!}-` }),
)}</article>`,
)}`;
  return page({
    title,
    contents: single ? contentsHtml(shown) : null,
    body: html`${body}<details class="group" id="words"><summary><h2>What the numbers mean</h2><span class="more">${formatPlural(words.length, 'word')}</span></summary>${glossaryHtml(words)}</details>`,
    charts,
    flames,
    client,
  });
}

interface ShownGroup extends Pick<Group, 'id' | 'title'> {
  readonly figure: string | null;
  readonly sections: readonly { readonly id: string; readonly title: string; readonly content: Html }[];
  readonly empty: readonly string[];
}

/** The groups that have something to show. */
function shownGroups(analysis: Analysis, context: PageContext): ShownGroup[] {
  return groups.flatMap(({ id, title, figure, sections }) => {
    const rendered = sections.map((section) => ({ ...section, content: section.render(analysis, context) }));
    const shown = rendered.flatMap(({ content, ...section }) => (content === null ? [] : [{ ...section, content }]));
    const empty = rendered.flatMap((section) => (section.content === null ? [section.title] : []));
    return shown.length === 0 ? [] : [{ id, title, figure: figure(analysis), sections: shown, empty }];
  });
}

interface Place {
  /** Of the group's heading. */
  readonly level: 2 | 3;
  /** Of anchors, where a page has several analyses. */
  readonly prefix: string;
}

function groupHtml({ id, title, figure, sections, empty }: ShownGroup, { level, prefix }: Place): Html {
  return html`<details class="group" id="${prefix}${id}">
<summary>${element(`h${level}`, title)}${figure !== null && html`<span class="more">${prose(figure)}</span>`}</summary>
${sections.map(
  (section) => html`<section id="${prefix}${section.id}">${element(`h${level + 1}`, section.title)}
${section.content}</section>
`,
)}${empty.length > 0 && html`<p class="more">Nothing was recorded for: ${empty.join(', ')}.</p>`}
</details>
`;
}

/** Links to the groups and their sections. */
function contentsHtml(shown: readonly ShownGroup[]): Html {
  const link = (id: string, title: string): Html => html`<a href="#${trusted(id)}">${title}</a>`;
  return html`<nav aria-label="Contents"><ul>
<li>${link('answer', 'Answer')}</li>
${shown.map(
  ({
    id,
    title,
    sections,
  }) => html`<li>${link(id, title)}<ul>${sections.map((section) => html`<li>${link(section.id, section.title)}</li>`)}</ul></li>
`,
)}<li>${link('words', 'What the numbers mean')}</li>
</ul></nav>`;
}

function element(tag: string, text: string): Html {
  return html`<${trusted(tag)}>${text}</${trusted(tag)}>`;
}

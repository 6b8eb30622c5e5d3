import type { StudyAnalysis } from '../../../analyzers/study/studyAnalysis.js';
import { inertText } from '../../text/inertText.js';
import { type Html, html, prose } from '../html.js';
import { figures, page } from '../page.js';
import { findings } from './findings/index.js';
import { studySections } from './sections/index.js';

/**
 * A study as one HTML file that needs no network: what was found in sentences, then table by table. All text of the study is
 * untrusted: it is escaped, made inert, and never becomes markup, an address or code.
 * @param client the bundled script that draws the charts, dist/browser/report.js
 */
export function renderStudyReport(analysis: StudyAnalysis, client: string): string {
  const { charts, context } = figures();
  const title = inertText(analysis.study.name, 80) || 'A study';
  const doubtful = analysis.notes.filter(({ level }) => level === 'warning').length;
  const body = html`<header><h1>${title}</h1>
<p class="details">${inertText(analysis.study.description, 600)}</p>
${alarm(analysis)}
<section id="findings"><h2>Findings</h2>
<ul class="answer">${findings(analysis).map((sentence) => html`<li>${prose(sentence)}</li>`)}</ul>
${doubtful > 0 ? html`<p class="more">Some of this is doubtful: see <a href="#notes">what is doubtful or missing</a>.</p>` : null}
</section></header>
${studySections.map((section) => {
  const content = section.render(analysis, context(3));
  return (
    content &&
    html`<section id="${section.id}"><h2>${section.title}</h2>
${content}</section>
`
  );
})}`;
  return page({ title, body, charts, client });
}

/** Of an unfinished study, and of outputs that are not native's. */
function alarm({ cells, study: { runs } }: StudyAnalysis): Html[] {
  const differ = cells.filter(({ outputs }) => outputs === 'differ').length;
  const alarms = [
    ...(differ > 0
      ? [
          `${differ} of ${cells.length} cells compute something else than native. They are marked with ! and left out of the means.`,
        ]
      : []),
    ...(runs.missing > 0
      ? [`The study is not finished: ${runs.done + runs.failed} of ${runs.planned} runs have been made.`]
      : []),
  ];
  return alarms.map((text) => html`<p class="alarm" role="alert"><strong>Check this first.</strong> ${prose(text)}</p>`);
}

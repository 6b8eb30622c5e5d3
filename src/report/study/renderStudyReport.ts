import type { StudyAnalysis } from '../../../analyzers/study/index.js';
import { findings, studyViews } from '../../../analyzers/study/views.js';
import { inertText } from '../../text/inertText.js';
import { formatBytes, formatPlural, MISSING } from '../../view/format.js';
import type { PageContext } from '../frame/section.js';
import { type Html, html, prose } from '../html.js';
import { htmlBlocks } from '../htmlBlocks.js';
import { figures, page } from '../page.js';

/**
 * A study as one HTML file that needs no network: the findings as sentences, then table by table. All text of the study is
 * untrusted: it is escaped, made inert, and never becomes markup, an address or code.
 * @param client the bundled script that draws the charts, dist/browser/report.js
 */
export function renderStudyReport(analysis: StudyAnalysis, client: string): string {
  const { charts, flames, context } = figures();
  const inside = context(3);
  const title = inertText(analysis.study.name, 80) || 'A study';
  const doubtful = analysis.notes.filter(({ level }) => level === 'warning').length;
  const sections = studyViews.flatMap((view) => {
    const blocks = view.blocks(analysis);
    return blocks.length === 0 ? [] : [section(view.id, view.title, htmlBlocks(blocks, inside))];
  });
  const body = html`<header><h1>${title}</h1>
<p class="details">${inertText(analysis.study.description, 600)}</p>
${alarms(analysis)}
<section id="findings"><h2>Findings</h2>
<ul class="answer">${findings(analysis).map((sentence) => html`<li>${prose(sentence)}</li>`)}</ul>
${doubtful > 0 ? html`<p class="more">Some of this is doubtful: see <a href="#notes">what is doubtful or missing</a>.</p>` : null}
</section></header>
${sections}
${analysis.notes.length > 0 ? section('notes', 'What is doubtful or missing', notes(analysis)) : null}
${section('method', 'Method', method(analysis, inside))}`;
  return page({ title, contents: null, body, charts, flames, client });
}

function section(id: string, title: string, content: Html): Html {
  return html`<section id="${id}"><h2>${title}</h2>
${content}</section>
`;
}

/** Warnings about an unfinished study, and about outputs that differ from native's. */
function alarms({ cells, study: { runs } }: StudyAnalysis): Html[] {
  const differ = cells.filter(({ outputs }) => outputs === 'differ').length;
  const texts = [
    ...(differ > 0
      ? [
          `${differ} of ${cells.length} cells compute something else than native. They are marked with ! and left out of the means.`,
        ]
      : []),
    ...(runs.missing > 0
      ? [`The study is not finished: ${runs.done + runs.failed} of ${runs.planned} runs have been made.`]
      : []),
  ];
  return texts.map((text) => html`<p class="alarm" role="alert"><strong>Check this first.</strong> ${prose(text)}</p>`);
}

const LEVELS = { warning: 'Doubtful', lack: 'Not measured', info: 'Note' } as const;

function notes({ notes: all }: StudyAnalysis): Html {
  return html`<dl class="notes">${all.map(
    ({ level, text }) => html`<div class="${level}"><dt>${LEVELS[level]}</dt><dd>${prose(inertText(text, 600))}</dd></div>`,
  )}</dl>`;
}

/** The machine, the browser, and how the numbers were made. */
function method({ study, machine, browsers, cells, toolVersion, source }: StudyAnalysis, page: PageContext): Html {
  const facts: readonly (readonly [string, string])[] = [
    ['Machine', `${inertText(machine.cpu, 80)}, ${formatPlural(machine.cores, 'core')}, ${formatBytes(machine.memoryBytes)}`],
    ['Vectors', machine.vectorFeatures ? inertText(machine.vectorFeatures.join(', '), 160) || 'none' : 'unknown'],
    ['System', `${inertText(machine.os, 80)}, Node ${inertText(machine.node, 40)}`],
    ['Browser', inertText(browsers.join(', '), 160) || MISSING],
    ['Cells', `${cells.length}, ${formatPlural(study.rounds, 'round')}, ${formatPlural(study.runs.planned, 'run')}`],
    ['Runs', `${study.runs.done} done, ${study.runs.failed} failed, ${study.runs.missing} missing`],
    ['Order', `random in every round, seed ${study.seed}`],
    ['Started', inertText(study.startedAt, 40)],
    ['Measured by', `Inferscope ${inertText(study.toolVersion, 40)}, analyzed by ${inertText(toolVersion, 40)}`],
    ['Folder', inertText(source.name, 200)],
  ];
  return html`<dl class="facts">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${prose(text)}</dd></div>`)}</dl>
${page.subheading('How the numbers were made')}
<ul>
<li>Every run has a fresh browser. In each round every cell runs once, in a random order, so that a drift of the machine falls on all of them alike.</li>
<li>Latencies are of the timing pass, in which nothing records. Medians of each fresh browser are averaged; 95&nbsp;% intervals are Student’s, of those medians. With fewer than three browsers the rounds inside them are drawn again instead, and the interval is too narrow.</li>
<li>Native runs in turn with the browser inside every run, with the same model, inputs and threads; the ratio is made within each run before it is averaged, as logarithms.</li>
<li>What threads and SIMD take off is made within each round of the study: both cells ran in it.</li>
<li>Means over models are geometric. A cell whose outputs differ from native is marked with ! and left out of them.</li>
<li>Causes, operators and memory are of one run of each cell, in passes of their own.</li>
</ul>`;
}

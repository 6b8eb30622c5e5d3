import { inertText } from '../../../text/inertText.js';
import { formatBytes, formatPlural, MISSING } from '../../../view/format.js';
import { html, prose } from '../../html.js';
import type { StudySection } from './section.js';

/** The machine, the browser, and how the numbers were made. */
export const methodSection: StudySection = {
  id: 'method',
  title: 'Method',
  render({ study, machine, browsers, cells, toolVersion, source }, page) {
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
  },
};

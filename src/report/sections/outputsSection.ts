import { inertText } from '../../text/inertText.js';
import { formatTiny } from '../../view/format.js';
import { outputAgrees } from '../answer.js';
import { html } from '../html.js';
import { dataTable } from './dataTable.js';
import { code } from './names.js';
import type { Section } from './section.js';

/** Whether the browser computed the same as native. */
export const outputsSection: Section = {
  id: 'outputs',
  title: 'Output check',
  render({ outputs }) {
    if (!outputs) return null;
    const verdict = outputs.match
      ? html`<p>Browser and native outputs agree within the tolerance of ${formatTiny(outputs.tolerance)}.</p>`
      : html`<p class="alarm"><strong>Browser and native outputs differ</strong> by more than the tolerance of ${formatTiny(outputs.tolerance)}.</p>`;
    return html`${verdict}
${dataTable(
  'Outputs of the same inputs, browser against native',
  [
    { head: 'Output', cell: (output) => code(output.name, 60) },
    { head: 'Shape', cell: (output) => inertText(output.shape.join(' × ') || 'scalar', 60) },
    { head: 'Largest difference, relative', numeric: true, cell: (output) => formatTiny(output.maxRelativeDifference) },
    {
      head: 'Verdict',
      cell: (output) =>
        outputAgrees(output, outputs.tolerance)
          ? 'agrees'
          : `differs${output.problem === null ? '' : `: ${inertText(output.problem)}`}`,
    },
  ],
  outputs.outputs,
)}`;
  },
};

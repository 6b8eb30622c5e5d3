import { inertText } from '../../../text/inertText.js';
import { html } from '../../html.js';
import { type Column, dataTable } from '../../sections/dataTable.js';
import { type FailureLine, failureLines } from '../failureLines.js';
import { cellColumns } from './cellColumns.js';
import type { StudySection } from './section.js';

const REASON_LIMIT = 500;

/** What could not run, what failed and what has not run yet, with the reasons. */
export const failuresSection: StudySection = {
  id: 'failures',
  title: 'What could not run',
  render({ failures }) {
    const lines = failureLines(failures);
    if (lines.length === 0) return null;
    return html`${dataTable('Combinations without a result, or with fewer runs than planned', columns, lines)}`;
  },
};

const columns: readonly Column<FailureLine>[] = [
  ...cellColumns<FailureLine>(),
  { head: 'What', cell: ({ what }) => what },
  { head: 'Why', wide: true, cell: ({ why }) => inertText(why, REASON_LIMIT) },
];

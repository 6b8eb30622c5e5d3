import type { CauseTime } from '../../../analyzers/partition/partition.js';
import { inertText } from '../../text/inertText.js';
import { formatInterval, formatMs, formatShare, MISSING } from '../../view/format.js';
import { html, prose } from '../html.js';
import { type Column, dataTable } from './dataTable.js';
import { code, swatch } from './names.js';
import type { Section } from './section.js';

/** Every cause of the partition with its time, its meaning and its evidence. */
export const causesSection: Section = {
  id: 'causes',
  title: 'Where the time goes',
  render({ partition }) {
    if (!partition) return null;
    const warmup = new Map(partition.warmup?.map((cause) => [cause.id, cause]));
    const only = [...warmup.values()].filter((cause) => !partition.causes.some((each) => each.id === cause.id));
    const rows: readonly Row[] = [
      ...partition.causes.map((cause) => ({ cause, prediction: true })),
      ...only.map((cause) => ({ cause, prediction: false })),
    ];
    const columns: Column<Row>[] = [
      { head: 'Cause', cell: ({ cause }) => html`${swatch(cause.id)}${inertText(cause.title, 80)}<br>${code(cause.id, 40)}` },
      { head: 'Share', numeric: true, cell: ({ cause, prediction }) => formatShare(prediction ? cause.share : 0) },
      { head: 'Median', numeric: true, cell: ({ cause, prediction }) => formatMs(prediction ? cause.medianMs : 0) },
      {
        head: '95 % interval',
        numeric: true,
        cell: ({ cause, prediction }) => (prediction ? formatInterval(cause.ci95Ms, cause.medianMs, 'ms') : MISSING),
      },
      ...(partition.warmup
        ? [{ head: 'Warm-up', numeric: true, cell: ({ cause }: Row) => formatMs(warmup.get(cause.id)?.medianMs ?? 0) }]
        : []),
      {
        head: 'Meaning and evidence',
        wide: true,
        cell: ({ cause }) =>
          html`${prose(inertText(cause.meaning, 300))}<span class="evidence">Evidence: ${prose(inertText(cause.evidence, 300))}</span>`,
      },
    ];
    return html`<p>Medians over ${String(partition.windows)} traced windows; a window takes ${prose(formatMs(partition.windowMedianMs))} at the median. Shares
are of the windows’ total time and sum to 100&nbsp;%; medians of single causes need not sum to the median of the window.</p>
${dataTable('Causes of a prediction’s time', columns, rows)}`;
  },
};

interface Row {
  readonly cause: CauseTime;
  readonly prediction: boolean;
}

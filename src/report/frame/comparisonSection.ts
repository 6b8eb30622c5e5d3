import type { Analysis } from '../../../analyzers/index.js';
import { quotedPrediction } from '../../../analyzers/latency/quotedPrediction.js';
import { partitionChart } from '../../../analyzers/partition/partitionChart.js';
import { inertText } from '../../text/inertText.js';
import { formatInterval, formatMs, formatRatio, formatShare, MISSING } from '../../view/format.js';
import { mainCauses } from '../answer.js';
import { type Html, html, prose } from '../html.js';
import { subjectDetails, subjectTitle } from '../subject.js';
import { type Column, dataTable } from './dataTable.js';
import { swatch } from './names.js';
import type { PageContext } from './section.js';

/** Several analyses: one row each, and their partitions as bars on one axis of milliseconds. */
export function comparison(analyses: readonly Analysis[], anchors: readonly string[], page: PageContext): Html {
  const rows = analyses.map((analysis, place) => ({ analysis, anchor: anchors[place]!, quoted: quotedPrediction(analysis) }));
  const split = analyses.flatMap((analysis, place) =>
    analysis.partition
      ? [
          {
            label: `${place + 1}. ${inertText(subjectTitle(analysis), 36)}`,
            causes: analysis.partition.causes,
            length: analysis.partition.typical.ms,
          },
        ]
      : [],
  );
  const alt = `Time of a window by cause, ${split.length} inputs on one axis.`;
  const seen = new Map(
    split.flatMap((row) => row.causes.filter(({ share }) => share >= 0.005).map(({ id, title }) => [id, title] as const)),
  );
  const items = [...seen].slice(0, 20).map(([id, title]) => html`<li>${swatch(id)}${inertText(title, 60)}</li>`);
  const legend = html`<ul class="legend">${items}</ul>`;
  const invalid = analyses.flatMap(({ validity }, place) =>
    validity?.verdict === 'void' ? [{ why: inertText(validity.reasons[0]?.text ?? '', 600), place }] : [],
  );
  return html`${invalid.map(({ why, place }) => html`<p class="alarm" role="alert"><strong>Input ${String(place + 1)} is not a valid measurement.</strong> ${prose(why)}</p>`)}
<p class="lead">${prose(verdict(analyses))}</p>
${dataTable('One row per input', columns, rows)}
${split.length > 0 ? page.figure(partitionChart(split, 'ms', alt), legend) : null}`;
}

/** Which is fastest, and how reliable a difference is between inputs that were recorded separately. */
function verdict(analyses: readonly Analysis[]): string {
  const timed = analyses
    .map((analysis, place) => ({ place: place + 1, quoted: quotedPrediction(analysis) }))
    .flatMap(({ place, quoted }) => (quoted ? [{ place, ...quoted.prediction }] : []))
    .sort((a, b) => a.medianMs - b.medianMs);
  const [first, last] = [timed[0], timed.at(-1)];
  if (!first || !last || timed.length < 2) return 'Fewer than two of the inputs hold a latency, so there is none to compare.';
  const overlap = first.ci95Ms[1] >= last.ci95Ms[0] ? ' Their intervals overlap.' : '';
  const shortest = `The shortest prediction is that of input ${first.place} with ${formatMs(first.medianMs)}`;
  const longest = `the longest that of input ${last.place} with ${formatMs(last.medianMs)}, ${formatRatio(last.medianMs / first.medianMs)} as long`;
  return `${shortest}, ${longest}.${overlap} Inputs recorded apart were not interleaved: a small difference may be the machine’s.`;
}

interface Row {
  readonly analysis: Analysis;
  readonly anchor: string;
  readonly quoted: ReturnType<typeof quotedPrediction>;
}

const columns: readonly Column<Row>[] = [
  {
    head: 'Input',
    cell: ({ analysis, anchor }, place) =>
      html`${String(place + 1)}. <a href="#${anchor}"><bdi>${subjectTitle(analysis)}</bdi></a><br><span class="more">${subjectDetails(analysis)}</span>`,
  },
  {
    head: 'Prediction',
    numeric: true,
    cell: ({ quoted }) =>
      quoted
        ? html`${prose(formatMs(quoted.prediction.medianMs))}${quoted.traced && html`<br><span class="more">under the trace</span>`}`
        : MISSING,
  },
  {
    head: '95 % interval',
    numeric: true,
    cell: ({ quoted }) => (quoted ? formatInterval(quoted.prediction.ci95Ms, quoted.prediction.medianMs, 'ms') : MISSING),
  },
  {
    head: 'Over native',
    numeric: true,
    cell: ({ analysis: { gap } }) =>
      gap ? html`${formatRatio(gap.ratio)}<br><span class="more">${formatInterval(gap.ratioCi95, gap.ratio)}</span>` : MISSING,
  },
  {
    head: 'Main causes',
    cell: ({ analysis: { partition } }) =>
      partition
        ? mainCauses(partition.causes).map(
            (cause) =>
              html`<div class="nowrap">${swatch(cause.id)}${inertText(cause.title, 60)} ${prose(formatShare(cause.share))}</div>`,
          )
        : 'no windows found',
  },
  { head: 'Unattributed', numeric: true, cell: ({ analysis }) => formatShare(analysis.partition?.unattributedShare ?? null) },
  {
    head: 'Outputs',
    cell: ({ analysis: { outputs } }) =>
      outputs === null ? 'not checked' : outputs.match ? 'agree' : html`<strong class="bad">differ</strong>`,
  },
];

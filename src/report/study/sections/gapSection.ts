import { fullConfigurations, sameConfiguration } from '../../../../analyzers/study/configurations.js';
import type { GapRow, StudyAnalysis } from '../../../../analyzers/study/studyAnalysis.js';
import type { Chart } from '../../../view/chart.js';
import { formatCi95, formatMs, formatRatio } from '../../../view/format.js';
import { type Html, html, prose } from '../../html.js';
import { dataTable } from '../../sections/dataTable.js';
import { name } from '../../sections/names.js';
import type { PageContext } from '../../sections/section.js';
import { cellModel } from '../cellModel.js';
import { dotsChart } from '../charts/dotsChart.js';
import { configurationDetails } from '../configurationDetails.js';
import { configurationName } from '../configurationName.js';
import { published } from '../published.js';
import { seriesFill } from '../seriesFill.js';
import { cellColumns } from './cellColumns.js';
import { estimateText } from './estimateText.js';
import { legend } from './legend.js';
import { ratioColumns } from './ratioColumns.js';
import type { StudySection } from './section.js';

/** Browser over native: chart, means over models, and every cell. */
export const gapSection: StudySection = {
  id: 'gap',
  title: 'How far from native',
  render(analysis, page) {
    const { rows, summaries } = analysis.gap;
    if (rows.length === 0) return null;
    return html`${figure(analysis, page)}
${dataTable('Over the models of each configuration', ratioColumns, summaries)}
<p class="more">${prose(published.gap)}</p>
${dataTable(
  'Each cell beside native, which ran in turn with it',
  [
    ...cellColumns<(typeof rows)[number]>(),
    { head: 'Browser', numeric: true, cell: ({ browserMs }) => estimateText(browserMs, formatMs) },
    { head: 'Native', numeric: true, cell: ({ nativeMs }) => estimateText(nativeMs, formatMs) },
    { head: 'Ratio', numeric: true, cell: ({ ratio }) => estimateText(ratio, formatRatio) },
    ...(rows.some(({ tfjsNodeRatio }) => tfjsNodeRatio !== null)
      ? [{ head: 'Over tfjs-node', numeric: true, cell: ({ tfjsNodeRatio }: GapRow) => estimateText(tfjsNodeRatio, formatRatio) }]
      : []),
    { head: 'Native is', cell: ({ baseline }) => name(baseline, 100) },
  ],
  rows,
)}`;
  },
};

function figure({ gap: { rows }, cells, latency }: StudyAnalysis, page: PageContext): Html {
  const full = fullConfigurations({ cells, latency }).filter((each) => rows.some(({ cell }) => sameConfiguration(cell, each)));
  const dots = full.flatMap((configuration, series) =>
    rows
      .filter(({ cell }) => sameConfiguration(cell, configuration))
      .map(({ cell, ratio, browserMs, nativeMs }) => ({
        row: cellModel(cell, 32),
        series,
        name: configurationName(configuration),
        fill: seriesFill(configuration),
        value: ratio.value,
        ends: ratio.ci95,
        text: `${formatRatio(ratio.value)} (${formatCi95(ratio.ci95, ratio.value)})`,
        more: `${formatMs(browserMs.value)} over ${formatMs(nativeMs.value)}`,
      })),
  );
  const alt = `Prediction in the browser over native, ${dots.length} cells on a logarithmic axis.`;
  const chart: Chart = dotsChart(dots, 'Times native', alt);
  const items = full.map((each) => {
    const details = configurationDetails(each);
    return { name: `${configurationName(each)}${details ? ` (${details})` : ''}`, fill: seriesFill(each) };
  });
  return page.figure(chart, html`${legend(items)}<p>Lines are 95&nbsp;% intervals, the dashed line is native.</p>`);
}

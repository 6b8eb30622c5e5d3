import { fullConfigurations, sameConfiguration } from '../../../../analyzers/study/configurations.js';
import type { MemoryRow } from '../../../../analyzers/study/studyAnalysis.js';
import { inertText } from '../../../text/inertText.js';
import { formatBytes, formatRatio, MISSING } from '../../../view/format.js';
import { html, prose } from '../../html.js';
import { type Column, dataTable } from '../../sections/dataTable.js';
import { cellModel } from '../cellModel.js';
import { dotsChart } from '../charts/dotsChart.js';
import { configurationName } from '../configurationName.js';
import { published } from '../published.js';
import { seriesFill } from '../seriesFill.js';
import { cellColumns } from './cellColumns.js';
import { legend } from './legend.js';
import type { StudySection } from './section.js';

/** Peaks of memory over the model's size, what lives apart from what is held. */
export const memorySection: StudySection = {
  id: 'memory',
  title: 'Memory',
  render({ memory, cells, latency }, page) {
    if (memory.length === 0) return null;
    const full = fullConfigurations({ cells, latency }).filter((each) =>
      memory.some(({ cell, held }) => held && sameConfiguration(cell, each)),
    );
    const dots = full.flatMap((configuration, series) =>
      memory.flatMap(({ cell, held, live, modelBytes }) =>
        held && sameConfiguration(cell, configuration)
          ? [
              {
                row: cellModel(cell, 32),
                series,
                name: configurationName(configuration),
                fill: seriesFill(configuration),
                value: held.ratio,
                ends: live && live.ratio > 0 ? ([live.ratio, held.ratio] as const) : null,
                text: live
                  ? `held ${formatRatio(held.ratio)}, live ${formatRatio(live.ratio)}`
                  : `held ${formatRatio(held.ratio)}`,
                more: `${formatBytes(held.peakBytes)} over ${formatBytes(modelBytes)}`,
              },
            ]
          : [],
      ),
    );
    const caption = html`${legend(full.map((each) => ({ name: configurationName(each), fill: seriesFill(each) })))}<p>Dots are memory held; the line reaches to the live tensors alone.</p>`;
    return html`<p>Live are the tensors that the framework still counts; held is all that the page keeps: JavaScript heap, array buffers and Wasm memory. Each run had a fresh browser of its own. Ratios are over the bytes of the model’s files.</p>
${dots.length > 0 ? page.figure(dotsChart(dots, 'Peak over the model’s size', `Memory held over the model’s size, ${dots.length} cells.`), caption) : null}
${dataTable('Peaks of each cell', columns, memory)}
<p class="more">${prose(published.memory)}</p>`;
  },
};

const peak = (head: string, of: 'live' | 'held' | 'process' | 'gpuProcess'): Column<MemoryRow> => ({
  head,
  numeric: true,
  cell: (row) => {
    const found = row[of];
    if (!found) return MISSING;
    return html`${formatBytes(found.peakBytes)}<span class="evidence">${formatRatio(found.ratio)}, ${inertText(found.phase, 24)}</span>`;
  },
});

const columns: readonly Column<MemoryRow>[] = [
  ...cellColumns<MemoryRow>(),
  { head: 'Model', numeric: true, cell: ({ modelBytes }) => formatBytes(modelBytes) },
  peak('Live tensors', 'live'),
  peak('Held by the page', 'held'),
  peak('Process', 'process'),
  peak('GPU process', 'gpuProcess'),
];

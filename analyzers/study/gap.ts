import { median } from 'simple-statistics';
import { type Block, type Column, figure, lead, paragraph, table } from '../../src/view/block.js';
import { formatCi95, formatMs, formatName, formatRatio } from '../../src/view/format.js';
import { baselineName } from '../gap/gap.js';
import type { CellFacts, CellRuns } from './cells.js';
import {
  type Configuration,
  configurationDetails,
  configurationFill,
  configurationName,
  fullConfigurations,
  type Ran,
  sameConfiguration,
  shortConfiguration,
} from './configurations.js';
import { dotsChart, dotsOf } from './dotsChart.js';
import { overRounds, pairedRatio, processes, type RoundsEstimate } from './estimates.js';
import { overModels, type RatioSummary, rangeText, ratioColumns, ratioSummaries } from './ratios.js';
import { cellColumns, estimated, listed, type StudyView } from './view.js';

export interface GapTable {
  readonly rows: readonly GapRow[];
  readonly summaries: readonly RatioSummary[];
}

/** A cell compared with native, which ran in turn with it in the same run. */
export interface GapRow {
  readonly cell: CellFacts;
  readonly browserMs: RoundsEstimate;
  readonly nativeMs: RoundsEstimate;
  readonly ratio: RoundsEstimate;
  /** Name of the native run: "onnxruntime-node 1.30.0, CPU, 2 threads". */
  readonly baseline: string;
  /** Ratio to tfjs-node, where that ran in addition to an ONNX twin; null where it did not. */
  readonly tfjsNodeRatio: RoundsEstimate | null;
}

/**
 * How far each cell is from native. Both ran in turn inside every run, so the ratio is paired within it. Cells without a native
 * run are left out.
 */
export function gapTable(cells: readonly CellRuns[]): GapTable {
  const rows = cells.flatMap(({ facts, runs }) => {
    const pairs = processes(runs).map(({ rounds }) =>
      rounds.filter(({ browserMs, nativeMs }) => browserMs.length > 0 && nativeMs.length > 0).map((round) => [round]),
    );
    const side = (pick: (round: (typeof pairs)[number][number][number]) => readonly number[]) =>
      overRounds(
        pairs.map((rounds) => rounds.map((round) => round.flatMap(pick))),
        median,
      );
    const browserMs = side((round) => round.browserMs);
    const nativeMs = side((round) => round.nativeMs);
    const ratio = pairedRatio(
      pairs,
      (round) => round.browserMs,
      (round) => round.nativeMs,
    );
    const tfjsNodeRatio = pairedRatio(
      processes(runs).map(({ rounds }) => rounds.map((round) => [round])),
      (round) => round.browserMs,
      (round) => round.tfjsNodeMs ?? [],
    );
    // It is the same in each run of a cell.
    const baseline = runs.find((run) => run.baseline)?.baseline;
    return browserMs && nativeMs && ratio && baseline
      ? [{ cell: facts, browserMs, nativeMs, ratio, baseline: baselineName(baseline), tfjsNodeRatio }]
      : [];
  });
  return { rows, summaries: ratioSummaries(rows) };
}

/** The report leaves out the column of tfjs-node where that never ran. */
const columnsOf = (rows: readonly GapRow[]): Column<GapRow>[] => [
  ...cellColumns,
  { id: 'baseline', head: 'Native is', kind: 'text', in: ['data'], value: ({ baseline }) => baseline },
  { id: 'browserMs', head: 'Browser', kind: 'ms', ...estimated(({ browserMs }) => browserMs) },
  { id: 'nativeMs', head: 'Native', kind: 'ms', ...estimated(({ nativeMs }) => nativeMs) },
  { id: 'ratio', head: 'Ratio', kind: 'ratio', ...estimated(({ ratio }) => ratio) },
  {
    id: 'tfjsNodeRatio',
    head: 'Over tfjs-node',
    kind: 'ratio',
    in: rows.some(({ tfjsNodeRatio }) => tfjsNodeRatio !== null) ? ['data', 'page'] : ['data'],
    ...estimated(({ tfjsNodeRatio }) => tfjsNodeRatio),
  },
  { id: 'nativeIs', head: 'Native is', kind: 'text', limit: 100, in: ['page'], value: ({ baseline }) => baseline },
];

/** Wang et al., Anatomizing Deep Learning Inference in Web Browsers, doi 10.1145/3688843; on other machines. */
const PUBLISHED =
  'Published (Wang et al., 50 PCs): predictions on the CPU take 3.7–18.4× native with TF.js and 2.1–36.4× with ORT; averages over both are 16.9× on CPUs and 4.9× on GPUs.';

type Known = { readonly gap: GapTable } & Ran;

export const gapView: StudyView<Known> = {
  id: 'gap',
  title: 'How far from native',
  findings: ({ gap, ...ran }) => fullConfigurations(ran).flatMap((configuration) => finding(gap, configuration)),
  blocks: (known) => {
    const { rows, summaries } = known.gap;
    if (rows.length === 0) return [];
    return [
      ratioFigure(known),
      table('Over the models of each configuration', ratioColumns, summaries),
      paragraph(PUBLISHED),
      table('Each cell beside native, which ran in turn with it', columnsOf(rows), rows),
    ];
  },
  brief: ({ gap, ...ran }) => {
    if (gap.rows.length === 0) return [];
    const differ = gap.rows.some(({ cell }) => cell.outputs === 'differ');
    const mark = differ ? [lead('! computes something else than native, and is left out of the mean')] : [];
    return [overview(gap, ran), ...mark];
  },
  tables: ({ gap: { rows, summaries } }) => [table('gap', columnsOf(rows), rows), table('gap-summary', ratioColumns, summaries)],
};

function finding({ rows, summaries }: GapTable, configuration: Configuration): string[] {
  const summary = summaries.find((each) => sameConfiguration(each.configuration, configuration));
  if (!summary) return [];
  const own = rows.filter(({ cell }) => sameConfiguration(cell, configuration));
  const baselines = [...new Set(own.map(({ baseline }) => formatName(baseline, 100)))];
  const details = configurationDetails(configuration);
  const name = `${configurationName(configuration)} predictions${details ? ` (${details})` : ''}`;
  const software = own.some(({ cell }) => cell.softwareGpu)
    ? ' The CPU did the GPU’s work here, so this says nothing about a GPU.'
    : '';
  const otherApi =
    configuration.backend === 'webgl' && baselines.some((text) => text.includes('WebGPU'))
      ? ' Native used WebGPU, which is another way to the device: this is no cost of the browser.'
      : '';
  return [
    `On this machine ${name} take ${formatRatio(summary.geometricMean)} native (${overModels(summary)}; native is ${listed(baselines)}).${software}${otherApi}`,
  ];
}

function ratioFigure({ gap: { rows }, ...ran }: Known): Block {
  const { dots, drawn } = dotsOf(fullConfigurations(ran), rows, ({ ratio, browserMs, nativeMs }) => ({
    value: ratio.value,
    ends: ratio.ci95,
    text: `${formatRatio(ratio.value)} (${formatCi95(ratio.ci95, ratio.value)})`,
    more: `${formatMs(browserMs.value)} over ${formatMs(nativeMs.value)}`,
  }));
  const legend = drawn.map((each) => {
    const details = configurationDetails(each);
    return { fill: configurationFill(each), text: `${configurationName(each)}${details ? ` (${details})` : ''}` };
  });
  const alt = `Prediction in the browser over native, ${dots.length} cells on a logarithmic axis.`;
  return figure(dotsChart(dots, 'Times native', alt), 'Lines are 95 % intervals, the dashed line is native.', legend);
}

/**
 * One row per model, one column per framework and backend: the ratio to native, and below it the geometric mean and its range.
 */
function overview({ rows, summaries }: GapTable, ran: Ran): Block {
  const models = [...new Set(ran.cells.map(({ model }) => model))];
  const lines: readonly { readonly name: string; readonly of: 'model' | 'mean' | 'range' }[] = [
    ...models.map((name) => ({ name, of: 'model' as const })),
    { name: 'geometric mean', of: 'mean' },
    { name: 'range', of: 'range' },
  ];
  const ratios = fullConfigurations(ran).map((configuration): Column<(typeof lines)[number]> => {
    const summary = summaries.find((each) => sameConfiguration(each.configuration, configuration)) ?? null;
    const head = shortConfiguration(configuration);
    return {
      id: head,
      head,
      kind: 'figures',
      value: ({ name, of }) => {
        if (of === 'mean') return formatRatio(summary?.geometricMean ?? null);
        if (of === 'range') return summary && rangeText(summary);
        const row = rows.find(({ cell }) => cell.model === name && sameConfiguration(cell, configuration));
        return `${formatRatio(row?.ratio.value ?? null)}${row?.cell.outputs === 'differ' ? '!' : ''}`;
      },
    };
  });
  return table(
    'Prediction in the browser over native',
    [{ id: 'model', head: 'Times native', kind: 'text', limit: 30, value: ({ name }) => name }, ...ratios],
    lines,
  );
}

import { type Column, paragraph, table } from '../../src/view/block.js';
import { formatRatio } from '../../src/view/format.js';
import type { CellFacts, CellRuns } from './cells.js';
import { configurationName, fullConfigurations, type Ran, sameConfiguration } from './configurations.js';
import { onceEach, pairedRatio, predictionEstimate, processes, type RoundsEstimate } from './estimates.js';
import { overModels, type RatioSummary, ratioColumns, ratioSummaries } from './ratios.js';
import { cellColumns, estimated, type StudyView } from './view.js';

export interface WarmupTable {
  readonly rows: readonly WarmupRow[];
  readonly summaries: readonly RatioSummary[];
}

/** The first inference over a later one, paired in each fresh browser. */
export interface WarmupRow {
  readonly cell: CellFacts;
  readonly setupMs: RoundsEstimate | null;
  readonly warmupMs: RoundsEstimate;
  readonly predictionMs: RoundsEstimate;
  readonly ratio: RoundsEstimate;
}

/** How many later inferences take as long as the first one, in the same fresh browser; includes setup. */
export function warmupTable(cells: readonly CellRuns[]): WarmupTable {
  const rows = cells.flatMap(({ facts, runs }) => {
    const all = processes(runs);
    const warmupMs = onceEach(all, (process) => process.warmupMs);
    const predictionMs = predictionEstimate(runs);
    const ratio = pairedRatio(
      all.map((process) => [[process]]),
      (process) => (process.warmupMs === null ? [] : [process.warmupMs]),
      ({ rounds }) => rounds.flatMap(({ browserMs }) => browserMs),
    );
    if (!warmupMs || !predictionMs || !ratio) return [];
    return [{ cell: facts, setupMs: onceEach(all, ({ setupMs }) => setupMs), warmupMs, predictionMs, ratio }];
  });
  return { rows, summaries: ratioSummaries(rows) };
}

const columns: readonly Column<WarmupRow>[] = [
  ...cellColumns,
  { id: 'setupMs', head: 'Setup', kind: 'ms', ...estimated(({ setupMs }) => setupMs) },
  { id: 'warmupMs', head: 'Warm-up', kind: 'ms', ...estimated(({ warmupMs }) => warmupMs) },
  { id: 'predictionMs', head: 'Prediction', kind: 'ms', ...estimated(({ predictionMs }) => predictionMs) },
  { id: 'ratio', head: 'Warm-up over prediction', kind: 'ratio', ...estimated(({ ratio }) => ratio) },
];

/** From the data of Wang et al., Anatomizing Deep Learning Inference in Web Browsers, doi 10.1145/3688843; on other machines. */
const PUBLISHED = 'Published (Wang et al., from their data): the warm-up of WebGL takes 9–68× a prediction.';

export const warmupView: StudyView<{ readonly warmup: WarmupTable } & Ran> = {
  id: 'warmup',
  title: 'Setup and warm-up',
  findings({ warmup, ...ran }) {
    const each = fullConfigurations(ran).flatMap((configuration) => {
      const summary = warmup.summaries.find((other) => sameConfiguration(other.configuration, configuration));
      return summary
        ? [`${formatRatio(summary.geometricMean)} on ${configurationName(configuration)} (${overModels(summary)})`]
        : [];
    });
    return each.length === 0 ? [] : [`A warm-up takes as long as so many predictions: ${each.join('; ')}.`];
  },
  blocks: ({ warmup: { rows, summaries } }) =>
    rows.length === 0
      ? []
      : [
          table('Warm-up over prediction, over the models of each configuration', ratioColumns, summaries),
          paragraph(PUBLISHED),
          table('Each cell', columns, rows),
        ],
  brief: () => [],
  tables: ({ warmup: { rows, summaries } }) => [table('warmup', columns, rows), table('warmup-summary', ratioColumns, summaries)],
};

import { geometricMean } from 'simple-statistics';
import { byConfiguration } from './byConfiguration.js';
import type { CellFacts, RatioSummary, RoundsEstimate } from './studyAnalysis.js';

/**
 * Ratios of each configuration over its models: geometric mean and range, as the paper's tables give them. A cell that computed
 * something else than native is left out: its latency is not of the same work.
 */
export function ratioSummaries(rows: readonly { readonly cell: CellFacts; readonly ratio: RoundsEstimate }[]): RatioSummary[] {
  return byConfiguration(rows.filter(({ cell }) => cell.outputs !== 'differ')).map(({ configuration, rows: own }) => {
    const sorted = own
      .map(({ cell, ratio }) => ({ ratio: ratio.value, model: cell.modelTitle }))
      .sort((a, b) => a.ratio - b.ratio);
    return {
      configuration,
      models: sorted.length,
      geometricMean: geometricMean(sorted.map(({ ratio }) => ratio)),
      lowest: sorted[0]!,
      highest: sorted.at(-1)!,
    };
  });
}

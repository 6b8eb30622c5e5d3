import { geometricMean } from 'simple-statistics';
import type { Column } from '../../src/view/block.js';
import { formatInterval } from '../../src/view/format.js';
import type { CellFacts } from './cells.js';
import { byConfiguration, type Configuration, configurationDetails, configurationName } from './configurations.js';
import type { RoundsEstimate } from './estimates.js';
import { factorColumns } from './view.js';

/** Ratios of one configuration over its models. */
export interface RatioSummary {
  readonly configuration: Configuration;
  readonly models: number;
  readonly geometricMean: number;
  readonly lowest: { readonly ratio: number; readonly model: string };
  readonly highest: { readonly ratio: number; readonly model: string };
}

/**
 * Ratios of each configuration over its models: geometric mean and range, as in the paper's tables. Cells whose outputs differ
 * from native are left out, since their latency is for other work.
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

const MODEL_LIMIT = 40;

export const ratioColumns: readonly Column<RatioSummary>[] = [
  ...factorColumns<RatioSummary>(({ configuration }) => configuration),
  { id: 'ranOn', head: 'Ran on', kind: 'text', in: ['page'], value: ({ configuration }) => configurationName(configuration) },
  {
    id: 'with',
    head: 'With',
    kind: 'text',
    in: ['page'],
    value: ({ configuration }) => configurationDetails(configuration) || null,
  },
  { id: 'models', head: 'Models', kind: 'count', value: ({ models }) => models },
  { id: 'geometricMean', head: 'Geometric mean', kind: 'ratio', value: (summary) => summary.geometricMean },
  { id: 'range', head: 'Range', kind: 'figures', in: ['page'], value: rangeText },
  { id: 'lowest', head: 'Lowest ratio', kind: 'ratio', in: ['data'], value: ({ lowest }) => lowest.ratio },
  { id: 'lowestModel', head: 'Lowest', kind: 'text', limit: MODEL_LIMIT, value: ({ lowest }) => lowest.model },
  { id: 'highest', head: 'Highest ratio', kind: 'ratio', in: ['data'], value: ({ highest }) => highest.ratio },
  { id: 'highestModel', head: 'Highest', kind: 'text', limit: MODEL_LIMIT, value: ({ highest }) => highest.model },
];

/** From the lowest to the highest ratio; null with one model. */
export function rangeText({ geometricMean: mean, models, lowest, highest }: RatioSummary): string | null {
  return models > 1 ? formatInterval([lowest.ratio, highest.ratio], mean) : null;
}

/** What a mean ratio covers: "geometric mean of 9 models, 1.90–4.10"; "1 model". */
export function overModels(summary: RatioSummary): string {
  return summary.models === 1 ? '1 model' : `geometric mean of ${summary.models} models, ${rangeText(summary)}`;
}

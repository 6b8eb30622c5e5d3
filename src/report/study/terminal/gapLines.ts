import { fullConfigurations, sameConfiguration } from '../../../../analyzers/study/configurations.js';
import type { StudyAnalysis } from '../../../../analyzers/study/studyAnalysis.js';
import { formatInterval, formatRatio, MISSING } from '../../../view/format.js';
import { clip, type Screen } from '../../terminal/screen.js';
import { cellModel } from '../cellModel.js';
import { shortConfiguration } from '../shortConfiguration.js';
import { columnsLines } from './columnsLines.js';

/** The answer: how many times slower than native each model is on each framework and backend, and their geometric means. */
export function gapLines({ gap, cells, latency }: StudyAnalysis, screen: Screen): string[] {
  if (gap.rows.length === 0) return [];
  const full = fullConfigurations({ cells, latency });
  const models = [...new Set(cells.map(({ model }) => model))];
  const column = (configuration: (typeof full)[number]) => {
    const summary = gap.summaries.find((each) => sameConfiguration(each.configuration, configuration));
    const own = models.map((model) =>
      gap.rows.find(({ cell }) => cell.model === model && sameConfiguration(cell, configuration)),
    );
    return {
      head: shortConfiguration(configuration),
      align: 'right' as const,
      cells: [
        ...own.map((row) => `${formatRatio(row?.ratio.value ?? null)}${row?.cell.outputs === 'differ' ? '!' : ''}`),
        formatRatio(summary?.geometricMean ?? null),
        summary && summary.models > 1
          ? formatInterval([summary.lowest.ratio, summary.highest.ratio], summary.geometricMean)
          : MISSING,
      ],
    };
  };
  const names = models.map((model) => cellModel({ ...cells.find((cell) => cell.model === model)!, outputs: 'agree' }, 30));
  const first = { head: 'Times native', align: 'left' as const, cells: [...names, 'geometric mean', 'range'] };
  const lines = columnsLines([first, ...full.map(column)], screen);
  const differ = gap.rows.some(({ cell }) => cell.outputs === 'differ');
  const mark = differ
    ? [screen.paint.yellow(clip('! computes something else than native, and is left out of the mean', screen.width))]
    : [];
  return [screen.paint.bold(clip('Prediction in the browser over native', screen.width)), ...lines, ...mark];
}

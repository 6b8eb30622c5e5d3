import type { TopLevelSpec } from 'vega-lite';
import { type Chart, LITERAL_COLOUR } from '../../src/view/chart.js';
import { formatChange, formatPlural } from '../../src/view/format.js';
import { BROWSER_FILL } from '../../src/view/palette.js';
import type { ComparedFigure } from './figures.js';

/** The change of each round as a dot, with the mean and its interval as a band, beside no change and the limit. */
export function roundsChart({ ratio, ratioCi95, limit }: ComparedFigure, changes: readonly number[]): Chart {
  const values = changes.map((change, place) => ({ round: place + 1, change, text: formatChange(change), fill: BROWSER_FILL }));
  const y = { type: 'quantitative', axis: { title: 'change', format: '+.0%', grid: true, tickCount: 5 } } as const;
  const band =
    ratio === null ? [] : [{ low: (ratioCi95?.[0] ?? ratio) - 1, high: (ratioCi95?.[1] ?? ratio) - 1, mean: ratio - 1 }];
  const known = band.filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high));
  const lines = [{ at: 0, dash: 0 }, ...(limit?.unit === 'ratio' ? [{ at: limit.atMost, dash: 1 }] : [])];
  const spec: TopLevelSpec = {
    height: 160,
    layer: [
      {
        data: { values: known },
        mark: { type: 'rect', opacity: 0.18, color: 'currentColor' },
        encoding: { y: { field: 'low', ...y }, y2: { field: 'high' } },
      },
      {
        data: { values: band },
        mark: { type: 'rule', strokeWidth: 2, color: 'currentColor' },
        encoding: { y: { field: 'mean', ...y } },
      },
      {
        data: { values: lines },
        mark: { type: 'rule', color: 'currentColor', opacity: 0.7 },
        encoding: {
          y: { field: 'at', ...y },
          strokeDash: {
            field: 'dash',
            type: 'nominal',
            scale: {
              domain: [0, 1],
              range: [
                [1, 0],
                [4, 4],
              ],
            },
            legend: null,
          },
        },
      },
      {
        data: { values },
        mark: { type: 'point', filled: true, size: 64, opacity: 1 },
        encoding: {
          x: { field: 'round', type: 'ordinal', axis: { title: 'round', labelAngle: 0 } },
          y: { field: 'change', ...y },
          color: { field: 'fill', ...LITERAL_COLOUR },
          tooltip: [
            { field: 'round', title: 'Round' },
            { field: 'text', title: 'Change' },
          ],
        },
      },
    ],
  };
  const mean = ratio === null ? 'unknown' : formatChange(ratio - 1);
  return { spec, alt: `The change of the prediction in ${formatPlural(changes.length, 'round')}; their mean is ${mean}.` };
}

import type { TopLevelSpec } from 'vega-lite';
import type { MachinePeaks } from '../../src/bundle/operatorLog.js';
import type { Figure } from '../../src/view/block.js';
import { type Chart, LITERAL_COLOUR } from '../../src/view/chart.js';
import { formatMs, formatName, formatRate } from '../../src/view/format.js';
import { BROWSER_FILL, fillOf } from '../../src/view/palette.js';
import type { Operator } from './operators.js';

const MOST_OPERATORS = 200;

/**
 * Operators under the roof of this machine: operations per byte against operations per second, both logarithmic. The slope is the
 * memory peak, the flat part is the arithmetic peak; the farther below, the less of the machine an operator uses. Null where
 * fewer than two operators can be placed.
 * https://doi.org/10.1145/1498765.1498785
 */
export function rooflineChart(operators: readonly Operator[], peaks: MachinePeaks): Chart | null {
  const points = operators.flatMap((operator) => point(operator) ?? []).slice(0, MOST_OPERATORS);
  if (points.length < 2) return null;
  const ridge = peaks.gigaflops / peaks.gigabytesPerSecond;
  const intensities = [...points.map(({ intensity }) => intensity), ridge];
  const [low, high] = [Math.min(...intensities) / 1.5, Math.max(...intensities) * 1.5];
  const roof = [low, ridge, high].map((intensity, place) => ({
    intensity,
    place,
    gflops: Math.min(peaks.gigaflops, intensity * peaks.gigabytesPerSecond),
  }));
  const rates = [...points, ...roof].map(({ gflops }) => gflops);
  const x = logarithmic('intensity', 'Operations per byte', [low, high]);
  const y = logarithmic('gflops', 'GFLOP/s', [Math.min(...rates) / 1.5, Math.max(...rates) * 1.3]);
  const spec: TopLevelSpec = {
    height: 300,
    layer: [
      {
        data: { values: roof },
        mark: { type: 'line', strokeWidth: 1.5, color: BROWSER_FILL, opacity: 0.6 },
        encoding: { x, y, order: { field: 'place' } },
      },
      {
        data: { values: points },
        mark: { type: 'point', filled: true, opacity: 0.75 },
        encoding: {
          x,
          y,
          size: { field: 'ms', type: 'quantitative', scale: { range: [20, 500], zero: true }, legend: null },
          color: { field: 'fill', ...LITERAL_COLOUR },
          tooltip: [
            { field: 'name', title: 'Operator' },
            { field: 'operator', title: 'Type' },
            { field: 'time', title: 'Time' },
            { field: 'rate', title: 'Reached' },
            { field: 'bound', title: 'Bound by' },
          ],
        },
      },
    ],
  };
  const best = Math.max(...points.map(({ gflops }) => gflops));
  const alt = `Roofline of ${points.length} operators, under ${formatRate(peaks.gigaflops, 'GFLOP/s')} and ${formatRate(peaks.gigabytesPerSecond, 'GB/s')}. The best reaches ${formatRate(best, 'GFLOP/s')}.`;
  return { spec, alt };
}

/** What the colours of the chart mean. */
export const rooflineLegend: Figure['legend'] = ['compute', 'memory', 'overhead'].map((bound) => ({
  fill: fillOf('bound', bound),
  text: bound,
}));

function logarithmic(field: string, title: string, domain: number[]) {
  const scale = { type: 'log', domain, nice: false } as const;
  return { field, type: 'quantitative', scale, axis: { title, tickCount: 6, grid: true, format: '~r' } } as const;
}

function point({ name, operator, ms, flops, bytes, gflops, bound }: Operator) {
  if (!flops || !bytes || !gflops) return null;
  return {
    ...{ name: formatName(name, 60), operator: formatName(operator), ms, intensity: flops / bytes, gflops },
    ...{ time: formatMs(ms), rate: formatRate(gflops, 'GFLOP/s'), bound: bound ?? 'not known' },
    fill: fillOf('bound', bound),
  };
}

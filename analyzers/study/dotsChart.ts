import type { TopLevelSpec } from 'vega-lite';
import { type Chart, LITERAL_COLOUR } from '../../src/view/chart.js';
import { formatName } from '../../src/view/format.js';
import type { CellFacts } from './cells.js';
import { type Configuration, configurationFill, configurationName, sameConfiguration } from './configurations.js';

export interface Dot {
  /** Its row, from `dotRow`. */
  readonly row: string;
  /** Index among the dots of its row, from 0. */
  readonly series: number;
  readonly name: string;
  readonly fill: string;
  readonly value: number;
  /** Ends of the line through it; null for no line. */
  readonly ends: readonly [low: number, high: number] | null;
  /** For the tooltip. */
  readonly text: string;
  readonly more: string;
}

/** The row of a cell's model, marked where the cell's outputs differ from native's. */
function dotRow({ model, outputs }: CellFacts): string {
  return `${outputs === 'differ' ? '! ' : ''}${formatName(model, 32)}`;
}

/** What is particular to a dot. */
type DotOf = Pick<Dot, 'value' | 'ends' | 'text' | 'more'>;

/**
 * The dots of each configuration, and the configurations that have any.
 * @param dotOf null where a row has no dot
 */
export function dotsOf<Row extends { readonly cell: CellFacts }>(
  configurations: readonly Configuration[],
  rows: readonly Row[],
  dotOf: (row: Row) => DotOf | null,
): { readonly dots: readonly Dot[]; readonly drawn: readonly Configuration[] } {
  const known = rows.flatMap((row) => {
    const dot = dotOf(row);
    return dot ? [{ ...dot, cell: row.cell }] : [];
  });
  const drawn = configurations.filter((each) => known.some(({ cell }) => sameConfiguration(cell, each)));
  const dots = drawn.flatMap((configuration, series) =>
    known.flatMap(({ cell, ...dot }): Dot[] =>
      sameConfiguration(cell, configuration)
        ? [
            {
              ...dot,
              row: dotRow(cell),
              series,
              name: configurationName(configuration),
              fill: configurationFill(configuration),
            },
          ]
        : [],
    ),
  );
  return { dots, drawn };
}

/** Ratios as dots on a logarithmic axis, one row per model and one dot with a line per configuration; 1× is marked. */
export function dotsChart(dots: readonly Dot[], title: string, alt: string): Chart {
  const rows = [...new Set(dots.map(({ row }) => row))];
  const series = [...new Set(dots.map((dot) => dot.series))].sort((a, b) => a - b);
  const values = dots.map(({ ends, ...dot }) => ({
    ...dot,
    place: rows.indexOf(dot.row),
    low: ends && ends[0] > 0 ? ends[0] : null,
    high: ends && ends[0] > 0 ? ends[1] : null,
  }));
  const x = {
    type: 'quantitative',
    scale: { type: 'log', nice: false, domain: domainOf(values) },
    axis: { title, grid: true, tickCount: 5, labelExpr: "format(datum.value, '~r') + '×'" },
  } as const;
  const y = {
    y: { field: 'row', type: 'nominal', sort: { field: 'place' }, axis: { title: null } },
    yOffset: { field: 'series', type: 'ordinal', scale: { domain: series } },
  } as const;
  const spec: TopLevelSpec = {
    data: { values },
    height: { step: Math.max(26, 13 * series.length + 12), for: 'position' },
    layer: [
      {
        data: { values: [{ one: 1 }] },
        mark: { type: 'rule', strokeDash: [3, 3], color: 'currentColor', opacity: 0.6 },
        encoding: { x: { field: 'one', ...x } },
      },
      {
        transform: [{ filter: 'isValid(datum.low)' }],
        mark: { type: 'rule', strokeWidth: 2 },
        encoding: { ...y, x: { field: 'low', ...x }, x2: { field: 'high' }, color: { field: 'fill', ...LITERAL_COLOUR } },
      },
      {
        mark: { type: 'point', filled: true, size: 64, opacity: 1 },
        encoding: {
          ...y,
          x: { field: 'value', ...x },
          color: { field: 'fill', ...LITERAL_COLOUR },
          tooltip: [
            { field: 'row', title: 'Model' },
            { field: 'name', title: 'On' },
            { field: 'text', title: 'Ratio' },
            { field: 'more', title: 'Of' },
          ],
        },
      },
    ],
  };
  return { spec, alt };
}

/** From the lowest to the highest of all dots and lines, and always including 1×. */
function domainOf(
  values: readonly { readonly value: number; readonly low: number | null; readonly high: number | null }[],
): [number, number] {
  const all = values
    .flatMap(({ value, low, high }) => [value, low ?? value, high ?? value])
    .filter((each) => each > 0 && Number.isFinite(each));
  return [Math.min(1, ...all) / 1.1, Math.max(1, ...all) * 1.1];
}

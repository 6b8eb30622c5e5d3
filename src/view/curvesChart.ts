import type { TopLevelSpec } from 'vega-lite';
import { LITERAL_COLOUR } from './chart.js';

/** A place on a curve. */
export interface CurvePoint {
  /** Name of the curve; it, `place` and `score` are shown under the pointer. */
  readonly text: string;
  readonly fill: string;
  readonly at: number;
  readonly value: number | null;
  readonly place: string;
  readonly score: string;
}

/** A value that was measured, with the ends of its interval where it has one. */
export interface Dot extends CurvePoint {
  readonly low: number | null;
  readonly high: number | null;
}

interface Curves {
  readonly solid: readonly CurvePoint[];
  readonly dashed: readonly CurvePoint[];
  /** Those beyond the axis are left out. */
  readonly dots: readonly Dot[];
  /** The axis begins at 0. */
  readonly x: { readonly title: string; readonly most: number };
  /** From 0 to 1. */
  readonly y: { readonly title: string };
  /** What `place` and `score` are called under the pointer. */
  readonly names: {
    readonly curve: readonly [place: string, score: string];
    readonly dot: readonly [place: string, score: string];
  };
}

/** Curves of a score from 0 to 1, and dots of what was measured beside them. */
export function curvesChart({ solid, dashed, dots, x: { title, most }, y: { title: scoreTitle }, names }: Curves): TopLevelSpec {
  const places = [0, most];
  const scores = [0, 1];
  const x = {
    type: 'quantitative',
    scale: { domain: places, nice: false },
    axis: { title, tickCount: 8 },
  } as const;
  const y = { type: 'quantitative', scale: { domain: scores }, axis: { title: scoreTitle, grid: true } } as const;
  const tooltip = (what: string, [place, score]: readonly [string, string]) => [
    { field: 'text', title: what },
    { field: 'place', title: place },
    { field: 'score', title: score },
  ];
  const curve = {
    x: { field: 'at', ...x },
    y: { field: 'value', ...y },
    color: { field: 'fill', ...LITERAL_COLOUR },
    order: { field: 'at', type: 'quantitative' },
  } as const;
  const lines = { ...curve, tooltip: tooltip('Of', names.curve) };
  return {
    height: 260,
    layer: [
      { data: { values: [...dashed] }, mark: { type: 'line', strokeWidth: 2, strokeDash: [5, 4] }, encoding: lines },
      { data: { values: [...solid] }, mark: { type: 'line', strokeWidth: 2 }, encoding: lines },
      {
        data: { values: dots.filter(({ at }) => at <= most) },
        encoding: { x: { field: 'at', ...x }, color: { field: 'fill', ...LITERAL_COLOUR } },
        layer: [
          {
            transform: [{ filter: 'isValid(datum.low)' }],
            mark: { type: 'rule', strokeWidth: 2 },
            encoding: { y: { field: 'low', ...y }, y2: { field: 'high' } },
          },
          {
            mark: { type: 'point', filled: true, size: 80, opacity: 1 },
            encoding: { y: { field: 'value', ...y }, tooltip: tooltip('Shown', names.dot) },
          },
        ],
      },
    ],
  };
}

import type { TopLevelSpec } from 'vega-lite';
import { type Chart, LITERAL_COLOUR } from '../../src/view/chart.js';
import { formatMs, formatScore } from '../../src/view/format.js';
import { UNKNOWN_FILL } from '../../src/view/palette.js';
import type { Accuracy, ShiftPoint } from './accuracy.js';
import type { LiveAccuracy } from './liveAccuracy.js';

const AP50_FILL = '#0072b2';
const AP_FILL = '#e69f00';

const MEASURED = [
  { text: 'AP@.5', fill: AP50_FILL, of: ({ ap50 }: ShiftPoint) => ap50 },
  { text: 'AP@[.5:.95]', fill: AP_FILL, of: ({ ap }: ShiftPoint) => ap },
];
const PERFECT = [
  { text: 'AP@.5 of the labels themselves, so much later', fill: UNKNOWN_FILL, of: (at: ShiftPoint) => at.perfect50 },
];

export const accuracyLegend = [...MEASURED, ...PERFECT].map(({ fill, text }) => ({ fill, text }));

/** Accuracy over how far the lines have moved, in line heights; and what was shown live, at its median age. */
export function accuracyChart({ byShift, live, lineHeightPx }: Accuracy): Chart {
  const curves = (series: typeof MEASURED) =>
    series.flatMap(({ text, fill, of }) =>
      byShift.map((point) => ({
        text,
        fill,
        shift: point.shiftLines,
        moved: point.shiftLines.toFixed(2),
        ap: of(point),
        score: formatScore(of(point)),
      })),
    );
  const last = byShift.at(-1)!;
  const moved = [0, last.shiftLines];
  const scores = [0, 1];
  const x = {
    type: 'quantitative',
    scale: { domain: moved, nice: false },
    axis: { title: 'line heights that the lines have moved since', tickCount: 8 },
  } as const;
  const y = { type: 'quantitative', scale: { domain: scores }, axis: { title: 'average precision', grid: true } } as const;
  const curve = {
    x: { field: 'shift', ...x },
    y: { field: 'ap', ...y },
    color: { field: 'fill', ...LITERAL_COLOUR },
    order: { field: 'shift', type: 'quantitative' },
  } as const;
  const tooltip = [
    { field: 'text', title: 'Of' },
    { field: 'moved', title: 'Line heights' },
    { field: 'score', title: 'Precision' },
  ];
  const spec: TopLevelSpec = {
    height: 260,
    layer: [
      {
        data: { values: curves(PERFECT) },
        mark: { type: 'line', strokeWidth: 2, strokeDash: [5, 4] },
        encoding: { ...curve, tooltip },
      },
      { data: { values: curves(MEASURED) }, mark: { type: 'line', strokeWidth: 2 }, encoding: { ...curve, tooltip } },
      {
        data: { values: live.map((round) => liveDot(round, lineHeightPx)).filter(({ shift }) => shift <= last.shiftLines) },
        encoding: { x: { field: 'shift', ...x }, color: { field: 'fill', ...LITERAL_COLOUR } },
        layer: [
          {
            transform: [{ filter: 'isValid(datum.low)' }],
            mark: { type: 'rule', strokeWidth: 2 },
            encoding: { y: { field: 'low', ...y }, y2: { field: 'high' } },
          },
          {
            mark: { type: 'point', filled: true, size: 80, opacity: 1 },
            encoding: {
              y: { field: 'ap', ...y },
              tooltip: [
                { field: 'text', title: 'Shown' },
                { field: 'age', title: 'Age' },
                { field: 'score', title: 'AP@.5' },
              ],
            },
          },
        ],
      },
    ],
  };
  const alt = `Average precision over how far the lines have moved: AP@.5 falls from ${formatScore(byShift[0]!.ap50)} to ${formatScore(last.ap50)} at ${last.shiftLines.toFixed(1)} line heights.`;
  return { spec, alt };
}

function liveDot({ condition, speed, ageMs, measured, ci95 }: LiveAccuracy, lineHeightPx: number) {
  return {
    text: `${condition === 'main' ? 'Main thread' : 'Worker'}, ${speed} px/s`,
    fill: AP50_FILL,
    shift: (speed * ageMs.p50) / 1000 / lineHeightPx,
    ap: measured,
    low: ci95?.[0] ?? null,
    high: ci95?.[1] ?? null,
    age: formatMs(ageMs.p50),
    score: formatScore(measured),
  };
}

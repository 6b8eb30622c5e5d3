import type { TopLevelSpec } from 'vega-lite';
import { type Chart, LITERAL_COLOUR } from '../../src/view/chart.js';
import { formatMs, formatScore } from '../../src/view/format.js';
import { UNKNOWN_FILL } from '../../src/view/palette.js';
import type { PlayedAccuracy } from './played.js';
import type { VideoAccuracy, VideoCurvePoint } from './videoAccuracy.js';

const VALUE_FILL = '#0072b2';
const AP_FILL = '#e69f00';

interface Series {
  readonly text: string;
  readonly fill: string;
  readonly isDashed: boolean;
  readonly of: (point: VideoCurvePoint) => number | null;
}

const seriesOf = ({ metric, atZeroAp }: VideoAccuracy): readonly Series[] => [
  { text: metric, fill: VALUE_FILL, isDashed: false, of: ({ value }) => value },
  ...(atZeroAp === null ? [] : [{ text: 'AP@[.5:.95]', fill: AP_FILL, isDashed: false, of: ({ ap }: VideoCurvePoint) => ap }]),
  { text: `${metric} of the labels themselves, so much later`, fill: UNKNOWN_FILL, isDashed: true, of: ({ perfect }) => perfect },
];

export const videoLegend = (accuracy: VideoAccuracy) => seriesOf(accuracy).map(({ fill, text }) => ({ fill, text }));

/** Accuracy over staleness; and what was shown live, at its median age. */
export function videoChart(accuracy: VideoAccuracy): Chart {
  const { curve, live, metric } = accuracy;
  const lines = (isDashed: boolean) =>
    seriesOf(accuracy)
      .filter((series) => series.isDashed === isDashed)
      .flatMap(({ text, fill, of }) =>
        curve.map((point) => ({
          text,
          fill,
          staleness: point.stalenessMs,
          late: formatMs(point.stalenessMs),
          value: of(point),
          score: formatScore(of(point)),
        })),
      );
  const last = curve.at(-1)!;
  const late = [0, Math.max(last.stalenessMs, 1)];
  const scores = [0, 1];
  const x = {
    type: 'quantitative',
    scale: { domain: late, nice: false },
    axis: { title: 'ms that the result is older than the frame', tickCount: 8 },
  } as const;
  const y = { type: 'quantitative', scale: { domain: scores }, axis: { title: 'accuracy', grid: true } } as const;
  const line = {
    x: { field: 'staleness', ...x },
    y: { field: 'value', ...y },
    color: { field: 'fill', ...LITERAL_COLOUR },
    order: { field: 'staleness', type: 'quantitative' },
  } as const;
  const tooltip = [
    { field: 'text', title: 'Of' },
    { field: 'late', title: 'Staleness' },
    { field: 'score', title: 'Accuracy' },
  ];
  const spec: TopLevelSpec = {
    height: 260,
    layer: [
      {
        data: { values: lines(true) },
        mark: { type: 'line', strokeWidth: 2, strokeDash: [5, 4] },
        encoding: { ...line, tooltip },
      },
      { data: { values: lines(false) }, mark: { type: 'line', strokeWidth: 2 }, encoding: { ...line, tooltip } },
      {
        data: { values: live.map(liveDot).filter(({ staleness }) => staleness <= late[1]!) },
        encoding: { x: { field: 'staleness', ...x }, color: { field: 'fill', ...LITERAL_COLOUR } },
        layer: [
          {
            transform: [{ filter: 'isValid(datum.low)' }],
            mark: { type: 'rule', strokeWidth: 2 },
            encoding: { y: { field: 'low', ...y }, y2: { field: 'high' } },
          },
          {
            mark: { type: 'point', filled: true, size: 80, opacity: 1 },
            encoding: {
              y: { field: 'value', ...y },
              tooltip: [
                { field: 'text', title: 'Shown' },
                { field: 'late', title: 'Age' },
                { field: 'score', title: metric },
              ],
            },
          },
        ],
      },
    ],
  };
  const alt = `Accuracy over staleness: ${metric} falls from ${formatScore(curve[0]!.value)} to ${formatScore(last.value)} at ${formatMs(last.stalenessMs)}.`;
  return { spec, alt };
}

function liveDot({ condition, ageMs, measured, ci95 }: PlayedAccuracy) {
  return {
    text: condition === 'main' ? 'Main thread' : 'Worker',
    fill: VALUE_FILL,
    staleness: ageMs.p50,
    value: measured,
    low: ci95?.[0] ?? null,
    high: ci95?.[1] ?? null,
    late: formatMs(ageMs.p50),
    score: formatScore(measured),
  };
}

import type { Chart } from '../../src/view/chart.js';
import { type CurvePoint, curvesChart, type Dot } from '../../src/view/curvesChart.js';
import { formatMs, formatScore } from '../../src/view/format.js';
import { fillOf } from '../../src/view/palette.js';
import type { PlayedAccuracy } from './played.js';
import type { VideoAccuracy, VideoCurvePoint } from './videoAccuracy.js';

const VALUE_FILL = fillOf('accuracy', 'main');
const LABELS_FILL = fillOf('accuracy', 'labels');
const AP_FILL = fillOf('accuracy', 'strict');

interface Series {
  readonly text: string;
  readonly fill: string;
  readonly isDashed: boolean;
  readonly of: (point: VideoCurvePoint) => number | null;
}

const seriesOf = ({ metric, atZeroAp }: VideoAccuracy): readonly Series[] => [
  { text: metric, fill: VALUE_FILL, isDashed: false, of: ({ value }) => value },
  ...(atZeroAp === null ? [] : [{ text: 'AP@[.5:.95]', fill: AP_FILL, isDashed: false, of: ({ ap }: VideoCurvePoint) => ap }]),
  { text: `${metric} of the labels themselves, so much later`, fill: LABELS_FILL, isDashed: true, of: ({ perfect }) => perfect },
];

export const videoLegend = (accuracy: VideoAccuracy) => seriesOf(accuracy).map(({ fill, text }) => ({ fill, text }));

/** Accuracy over staleness; and what was shown live, at its median age. */
export function videoChart(accuracy: VideoAccuracy): Chart {
  const { curve, live, metric } = accuracy;
  const lines = (isDashed: boolean): CurvePoint[] =>
    seriesOf(accuracy)
      .filter((series) => series.isDashed === isDashed)
      .flatMap(({ text, fill, of }) =>
        curve.map((point) => ({
          text,
          fill,
          at: point.stalenessMs,
          value: of(point),
          place: formatMs(point.stalenessMs),
          score: formatScore(of(point)),
        })),
      );
  const last = curve.at(-1)!;
  const spec = curvesChart({
    solid: lines(false),
    dashed: lines(true),
    dots: live.map(liveDot),
    x: { title: 'ms that the result is older than the frame', most: Math.max(last.stalenessMs, 1) },
    y: { title: 'accuracy' },
    names: { curve: ['Staleness', 'Accuracy'], dot: ['Age', metric] },
  });
  const alt = `Accuracy over staleness: ${metric} falls from ${formatScore(curve[0]!.value)} to ${formatScore(last.value)} at ${formatMs(last.stalenessMs)}.`;
  return { spec, alt };
}

function liveDot({ condition, ageMs, measured, ci95 }: PlayedAccuracy): Dot {
  return {
    text: condition === 'main' ? 'Main thread' : 'Worker',
    fill: VALUE_FILL,
    at: ageMs.p50,
    value: measured,
    low: ci95?.[0] ?? null,
    high: ci95?.[1] ?? null,
    place: formatMs(ageMs.p50),
    score: formatScore(measured),
  };
}

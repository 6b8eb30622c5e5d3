import type { Chart } from '../../src/view/chart.js';
import { type CurvePoint, curvesChart, type Dot } from '../../src/view/curvesChart.js';
import { formatMs, formatScore } from '../../src/view/format.js';
import { fillOf } from '../../src/view/palette.js';
import type { Accuracy, ShiftPoint } from './accuracy.js';
import type { LiveAccuracy } from './liveAccuracy.js';

const AP50_FILL = fillOf('accuracy', 'main');
const LABELS_FILL = fillOf('accuracy', 'labels');
const AP_FILL = fillOf('accuracy', 'strict');

const MEASURED = [
  { text: 'AP@.5', fill: AP50_FILL, of: ({ ap50 }: ShiftPoint) => ap50 },
  { text: 'AP@[.5:.95]', fill: AP_FILL, of: ({ ap }: ShiftPoint) => ap },
];
const PERFECT = [
  { text: 'AP@.5 of the labels themselves, so much later', fill: LABELS_FILL, of: (at: ShiftPoint) => at.perfect50 },
];

export const accuracyLegend = [...MEASURED, ...PERFECT].map(({ fill, text }) => ({ fill, text }));

/** Accuracy over how far the lines have moved, in line heights; and what was shown live, at its median age. */
export function accuracyChart({ byShift, live, lineHeightPx }: Accuracy): Chart {
  const curves = (series: typeof MEASURED): CurvePoint[] =>
    series.flatMap(({ text, fill, of }) =>
      byShift.map((point) => ({
        text,
        fill,
        at: point.shiftLines,
        value: of(point),
        place: point.shiftLines.toFixed(2),
        score: formatScore(of(point)),
      })),
    );
  const last = byShift.at(-1)!;
  const spec = curvesChart({
    solid: curves(MEASURED),
    dashed: curves(PERFECT),
    dots: live.map((round) => liveDot(round, lineHeightPx)),
    x: { title: 'line heights that the lines have moved since', most: last.shiftLines },
    y: { title: 'average precision' },
    names: { curve: ['Line heights', 'Precision'], dot: ['Age', 'AP@.5'] },
  });
  const alt = `Average precision over how far the lines have moved: AP@.5 falls from ${formatScore(byShift[0]!.ap50)} to ${formatScore(last.ap50)} at ${last.shiftLines.toFixed(1)} line heights.`;
  return { spec, alt };
}

function liveDot({ condition, speed, ageMs, measured, ci95 }: LiveAccuracy, lineHeightPx: number): Dot {
  return {
    text: `${condition === 'main' ? 'Main thread' : 'Worker'}, ${speed} px/s`,
    fill: AP50_FILL,
    at: (speed * ageMs.p50) / 1000 / lineHeightPx,
    value: measured,
    low: ci95?.[0] ?? null,
    high: ci95?.[1] ?? null,
    place: formatMs(ageMs.p50),
    score: formatScore(measured),
  };
}

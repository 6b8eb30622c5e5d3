import { type Column, figure, lead, line, paragraph, type Table, table } from '../../src/view/block.js';
import { formatMs, formatScore } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import type { Accuracy, CurvePoint } from './accuracy.js';
import { accuracyChart, accuracyLegend } from './accuracyChart.js';
import type { LiveAccuracy } from './liveAccuracy.js';

/** What latency costs a detector's viewer. */
export const view: View<{ readonly qoe: { readonly accuracy: Accuracy | null } | null }> = {
  id: 'accuracy',
  title: 'Accuracy under latency',
  words: {
    'AP@.5':
      'Average precision of a detector as COCO defines it, from 0 to 1, where a box counts that covers a label with at least 0.5 of what both cover.',
    'AP@[.5:.95]': 'The mean of average precision at ten such thresholds, from 0.5 to 0.95.',
    'Age of a result, staleness': 'Time since the picture was taken whose result is shown.',
    'Not drawn': 'Frames that the page did not draw in time, so that its viewer went on seeing the last one.',
  },
  blocks({ qoe }) {
    const accuracy = qoe?.accuracy;
    if (!accuracy) return [];
    const { live, byShift } = accuracy;
    return [
      lead(`${[freshText(accuracy), ...slowest(accuracy).map(liveText)].join('; ')}.`),
      paragraph(HOW),
      ...(live.length > 0 ? [table('What was shown while the scene moved', LIVE, live)] : []),
      ...(byShift.length > 1 ? [figure(accuracyChart(accuracy), CHART_TEXT, accuracyLegend)] : []),
      curveTable(accuracy),
    ];
  },
  /** On fresh results, and what was shown at the lowest speed. */
  brief({ qoe }) {
    const accuracy = qoe?.accuracy;
    if (!accuracy) return [];
    return [line('Accuracy', freshText(accuracy)), ...slowest(accuracy).map((round) => line('', liveText(round)))];
  },
};

/** What was shown at the lowest speed. */
function slowest({ live }: Accuracy): readonly LiveAccuracy[] {
  const lowest = Math.min(...live.map(({ speed }) => speed));
  return live.filter(({ speed }) => speed === lowest);
}

/** "Text detection: AP@.5 1.00, AP@[.5:.95] 0.80 on fresh results" */
const freshText = ({ metric, atZero, atZeroAp }: Accuracy): string =>
  `Text detection: ${metric} ${formatScore(atZero)}, AP@[.5:.95] ${formatScore(atZeroAp)} on fresh results`;

/** "in a worker at 60 px/s results are 85.0 ms old (p95 140 ms): 0.91, 0.43" */
function liveText(round: LiveAccuracy): string {
  const { ageMs, measured, measuredAp } = round;
  const age = `${formatMs(ageMs.p50)} old (p95 ${formatMs(ageMs.p95)})`;
  return `${where(round)} results are ${age}: ${formatScore(measured)}, ${formatScore(measuredAp)}`;
}

/** "in a worker at 60 px/s" */
export const where = ({ condition, speed }: LiveAccuracy): string =>
  `${condition === 'worker' ? 'in a worker' : 'on the main thread'} at ${speed} px/s`;

const HOW =
  'Lines of text move at a known speed, so their labels are exact. The newest picture is taken whenever the detector is free, and what it found is shown until the next result comes: beside lines that have moved on. Frames that the page did not draw are judged too. Replayed is what follows from the ages of the results alone: what the detector finds in pictures that stand still, so much later.';

const CHART_TEXT =
  'Accuracy depends on how far the lines have moved, which is speed times staleness. The dashed line is of a detector without any fault, whose boxes come so much later. Points are what was shown in the page, at its median age, where that is on the axis.';

const LIVE: readonly Column<LiveAccuracy>[] = [
  {
    id: 'condition',
    head: 'Model',
    kind: 'text',
    value: ({ condition }) => (condition === 'main' ? 'on the main thread' : 'in a worker'),
  },
  { id: 'speed', head: 'Speed, px/s', kind: 'count', value: ({ speed }) => speed },
  { id: 'latencyP50Ms', head: 'Latency', kind: 'ms', value: ({ latencyMs }) => latencyMs.p50 },
  {
    id: 'ageP50Ms',
    head: 'Age',
    kind: 'ms',
    value: ({ ageMs }) => ageMs.p50,
    note: ({ ageMs }) => `p95 ${formatMs(ageMs.p95)}`,
  },
  { id: 'ageP95Ms', head: 'Age, p95', kind: 'ms', in: ['data'], value: ({ ageMs }) => ageMs.p95 },
  { id: 'undrawn', head: 'Not drawn', kind: 'share', value: ({ undrawn, frames }) => undrawn / frames },
  { id: 'measured', head: 'AP@.5', kind: 'score', value: ({ measured }) => measured, ci95: ({ ci95 }) => ci95 },
  { id: 'replayed', head: 'Replayed', kind: 'score', value: ({ replayed }) => replayed },
  {
    id: 'measuredAp',
    head: 'AP@[.5:.95]',
    kind: 'score',
    value: ({ measuredAp }) => measuredAp,
    note: ({ replayedAp }) => `replayed ${formatScore(replayedAp)}`,
  },
  { id: 'replayedAp', head: 'AP@[.5:.95] replayed', kind: 'score', in: ['data'], value: ({ replayedAp }) => replayedAp },
];

/** A row for each staleness, and columns for each speed. */
function curveTable({ curve }: Accuracy): Table {
  const unique = (values: readonly number[]): number[] => [...new Set(values)];
  const speeds = unique(curve.map(({ speed }) => speed));
  const at = (speed: number, stalenessMs: number): CurvePoint | undefined =>
    curve.find((point) => point.speed === speed && point.stalenessMs === stalenessMs);
  const columns: readonly Column<number>[] = [
    { id: 'stalenessMs', head: 'Staleness', kind: 'ms', value: (stalenessMs) => stalenessMs },
    ...speeds.flatMap((speed): Column<number>[] => [
      {
        id: `ap50At${speed}`,
        head: `AP@.5, ${speed} px/s`,
        kind: 'score',
        value: (stalenessMs) => at(speed, stalenessMs)?.ap50 ?? null,
      },
      { id: `apAt${speed}`, head: '[.5:.95]', kind: 'score', value: (stalenessMs) => at(speed, stalenessMs)?.ap ?? null },
    ]),
  ];
  const rows = unique(curve.map(({ stalenessMs }) => stalenessMs));
  return table('Accuracy by staleness and speed, from one set of detections', columns, rows);
}

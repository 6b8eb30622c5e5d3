import { type Column, figure, lead, line, paragraph, type Table, table } from '../../src/view/block.js';
import { formatCi95, formatMs, formatScore, plural } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import type { Accuracy, CurvePoint } from './accuracy.js';
import { accuracyChart, accuracyLegend } from './accuracyChart.js';
import type { LiveAccuracy } from './liveAccuracy.js';
import { agedColumns, foretoldColumns } from './liveColumns.js';

/** What latency costs a detector's viewer. */
export const view: View<{ readonly accuracy: Accuracy | null }> = {
  id: 'accuracy',
  title: 'Accuracy under latency',
  words: {
    'AP@.5':
      'Average precision of a detector as COCO defines it, from 0 to 1, where a box counts that covers a label with at least 0.5 of what both cover.',
    'AP@[.5:.95]': 'The mean of average precision at ten such thresholds, from 0.5 to 0.95.',
    'Age of a result, staleness': 'Time since the picture was taken whose result is shown.',
    Replayed: 'What follows from the ages of the results: what the detector finds in pictures that stand still, so much later.',
    Predicted:
      'What follows from the latencies alone: the same at ages that are simulated, without what else makes results older.',
    'Not drawn': 'Frames that the page did not draw in time, so that its viewer went on seeing the last one.',
  },
  blocks({ accuracy }) {
    if (!accuracy) return [];
    const { live, byShift } = accuracy;
    return [
      lead([`${freshText(accuracy)}.`, ...speedTexts(accuracy)].join(' ')),
      paragraph([HOW, ...(live.length > 0 ? [pagesText(accuracy)] : [])].join(' ')),
      ...(live.length > 0 ? [table('What was shown while the scene moved', LIVE, live)] : []),
      ...(byShift.length > 1 ? [figure(accuracyChart(accuracy), CHART_TEXT, accuracyLegend)] : []),
      curveTable(accuracy),
    ];
  },
  /** On fresh results, and what was shown at the lowest speed. */
  brief({ accuracy }) {
    if (!accuracy) return [];
    return [line('Accuracy', freshText(accuracy)), ...slowest(accuracy).map((round) => line('', liveText(round)))];
  },
};

function slowest({ live }: Accuracy): readonly LiveAccuracy[] {
  const lowest = Math.min(...live.map(({ speed }) => speed));
  return live.filter(({ speed }) => speed === lowest);
}

/** "Text detection: AP@.5 1.00, AP@[.5:.95] 0.80 on fresh results" */
const freshText = ({ metric, atZero, atZeroAp }: Accuracy): string =>
  `Text detection: ${metric} ${formatScore(atZero)}, AP@[.5:.95] ${formatScore(atZeroAp)} on fresh results`;

/** "in a worker at 60 px/s, 85.0 ms old: 0.91 (95 % 0.88–0.94), 0.43" */
const liveText = (row: LiveAccuracy): string =>
  `${where(row)}, ${formatMs(row.ageMs.p50)} old: ${scoreText(row)}, ${formatScore(row.measuredAp)}`;

/** "0.91 (95 % 0.88–0.94)" */
const scoreText = ({ measured, ci95 }: LiveAccuracy): string => `${formatScore(measured)} (${formatCi95(ci95, SCORE)})`;

/** Intervals of scores have as many digits as scores. */
const SCORE = 1;

/** What was shown at each speed, with the model in one place or in both. */
function speedTexts({ live }: Accuracy): string[] {
  const of = (place: LiveAccuracy['condition'], at: number): LiveAccuracy | undefined =>
    live.find(({ condition, speed }) => condition === place && speed === at);
  return [...new Set(live.map(({ speed }) => speed))].map((speed) => {
    const [main, worker] = [of('main', speed), of('worker', speed)];
    return main && worker ? comparedText(main, worker) : `At ${speed} px/s results are ${shownText((main ?? worker)!)}.`;
  });
}

/** "85.0 ms old in a worker: AP@.5 0.91 (95 % 0.88–0.94)" */
const shownText = (row: LiveAccuracy): string => `${ageText(row)} ${place(row)}: AP@.5 ${scoreText(row)}`;

const ageText = ({ ageMs }: LiveAccuracy): string => `${formatMs(ageMs.p50)} old`;

/** A difference counts only where the intervals of pages are apart. */
function comparedText(main: LiveAccuracy, worker: LiveAccuracy): string {
  const ages = `${ageText(main)} on the main thread and ${ageText(worker)} in a worker`;
  return `At ${main.speed} px/s results are ${ages}: AP@.5 ${scoreText(main)} and ${scoreText(worker)}${verdict(main.ci95, worker.ci95)}.`;
}

function verdict(main: LiveAccuracy['ci95'], worker: LiveAccuracy['ci95']): string {
  if (!main || !worker) return ', of too few pages to tell a difference';
  if (worker[1] < main[0]) return ', so the main thread is more accurate';
  if (main[1] < worker[0]) return ', so a worker is more accurate';
  return ', which is no certain difference, as the intervals overlap';
}

/** "4 fresh pages of each, in rounds of random order; intervals are of pages." */
function pagesText({ live }: Accuracy): string {
  const counts = live.map((row) => row.pages);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const pages = fewest === most ? plural(most, 'fresh page') : `${fewest} to ${most} fresh pages`;
  const order = most > 1 ? ', in rounds of random order' : '';
  return `Of each row of the table there are ${pages}${order}. Intervals are of pages, as the frames of one do not tell how the next differs.`;
}

/** "in a worker at 60 px/s" */
export const where = (row: LiveAccuracy): string => `${place(row)} at ${row.speed} px/s`;

const place = ({ condition }: LiveAccuracy): string => (condition === 'worker' ? 'in a worker' : 'on the main thread');

const HOW =
  'Lines of text move at a known speed, so their labels are exact. The newest picture is taken whenever the detector is free, and what it found is shown until the next result comes: beside lines that have moved on. Frames that the page did not draw are judged too. Replayed is what follows from the ages of the results alone: what the detector finds in pictures that stand still, so much later. Predicted is what follows from the latencies of the detections alone, if nothing else makes a result older.';

const CHART_TEXT =
  'Accuracy depends on how far the lines have moved, which is speed times staleness. The dashed line is of a detector without any fault, whose boxes come so much later. Points are what was shown in pages, at the median age and with the interval of pages, where that is on the axis.';

const LIVE: readonly Column<LiveAccuracy>[] = [
  { id: 'condition', head: 'Model', kind: 'text', value: place },
  { id: 'speed', head: 'Speed, px/s', kind: 'count', value: ({ speed }) => speed },
  ...agedColumns,
  { id: 'undrawn', head: 'Not drawn', kind: 'share', value: ({ undrawn, frames }) => undrawn / frames },
  { id: 'measured', head: 'AP@.5', kind: 'score', value: ({ measured }) => measured, ci95: ({ ci95 }) => ci95 },
  ...foretoldColumns,
  {
    id: 'measuredAp',
    head: 'AP@[.5:.95]',
    kind: 'score',
    value: ({ measuredAp }) => measuredAp,
    ci95: ({ measuredApCi95 }) => measuredApCi95,
  },
  { id: 'replayedAp', head: 'AP@[.5:.95] replayed', kind: 'score', in: ['data'], value: ({ replayedAp }) => replayedAp },
  { id: 'predictedAp', head: 'AP@[.5:.95] predicted', kind: 'score', in: ['data'], value: ({ predictedAp }) => predictedAp },
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

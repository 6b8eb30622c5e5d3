import { type Column, figure, lead, line, paragraph, table } from '../../src/view/block.js';
import { formatCi95, formatMs, formatName, formatScore, plural } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import { agedColumns, foretoldColumns } from '../accuracy/liveColumns.js';
import type { PlayedAccuracy } from './played.js';
import type { VideoAccuracy, VideoCurvePoint } from './videoAccuracy.js';
import { videoChart, videoLegend } from './videoChart.js';

/** What latency costs the viewer of a video of the user. */
export const view: View<{ readonly video: VideoAccuracy | null }> = {
  id: 'video',
  title: 'Accuracy on your own video',
  words: {
    'Top-1': 'Share of the frames whose likeliest class is the one that they are labelled with, from 0 to 1.',
    'Mean over categories':
      'With several categories AP@.5 and AP@[.5:.95] are the means of those that are labelled anywhere in the video, as COCO takes them.',
    'Not told': 'Frames that the page was not told of, as it was busy. The browser showed them beside an older result.',
  },
  blocks({ video: accuracy }) {
    if (!accuracy) return [];
    const { live, curve } = accuracy;
    return [
      lead([`${freshText(accuracy)}.`, ...playedTexts(accuracy)].join(' ')),
      paragraph([howText(accuracy), ...pagesTexts(accuracy)].join(' ')),
      ...(live.length > 0 ? [table('What was shown while the video played', liveColumns(accuracy), live)] : []),
      ...(curve.length > 1 ? [figure(videoChart(accuracy), CHART_TEXT, videoLegend(accuracy))] : []),
      table('Accuracy by staleness, from one set of detections', curveColumns(accuracy), curve),
    ];
  },
  brief({ video: accuracy }) {
    if (!accuracy) return [];
    return [line('Your video', freshText(accuracy)), ...accuracy.live.map((row) => line('', liveText(row)))];
  },
};

/** "Object detection: AP@.5 0.91, AP@[.5:.95] 0.62 on fresh results" */
function freshText({ task, metric, atZero, atZeroAp }: VideoAccuracy): string {
  const title = task.charAt(0).toUpperCase() + task.slice(1);
  return `${title}: ${metric} ${formatScore(atZero)}${atZeroAp === null ? '' : `, AP@[.5:.95] ${formatScore(atZeroAp)}`} on fresh results`;
}

/** "in a worker, 85.0 ms old: 0.91 (95 % 0.88–0.94), 0.43" */
function liveText(row: PlayedAccuracy): string {
  const ap = row.measuredAp === null ? '' : `, ${formatScore(row.measuredAp)}`;
  return `${where(row)}, ${formatMs(row.ageMs.p50)} old: ${scoreText(row)}${ap}`;
}

/** "0.91 (95 % 0.88–0.94)" */
const scoreText = ({ measured, ci95 }: PlayedAccuracy): string => `${formatScore(measured)} (${formatCi95(ci95, SCORE)})`;

/** Intervals of scores have as many digits as scores. */
const SCORE = 1;

/** What was shown with the model in one place or in both. A difference counts only where the intervals of pages are apart. */
function playedTexts({ live, metric }: VideoAccuracy): string[] {
  const [first, second] = live;
  if (!first) return [];
  if (!second) return [`Results are ${ageText(first)}: ${metric} ${scoreText(first)}.`];
  const scores = `${scoreText(first)} and ${scoreText(second)}`;
  return [`Results are ${ageText(first)} and ${ageText(second)}: ${metric} ${scores}${verdict(first, second)}.`];
}

/** "85.0 ms old in a worker" */
const ageText = (row: PlayedAccuracy): string => `${formatMs(row.ageMs.p50)} old ${where(row)}`;

function verdict(main: PlayedAccuracy, worker: PlayedAccuracy): string {
  if (!main.ci95 || !worker.ci95) return ', of too few pages to tell a difference';
  if (worker.ci95[1] < main.ci95[0]) return ', so the main thread is more accurate';
  if (main.ci95[1] < worker.ci95[0]) return ', so a worker is more accurate';
  return ', which is no certain difference, as the intervals overlap';
}

/** "in a worker" */
export const where = ({ condition }: PlayedAccuracy): string => (condition === 'worker' ? 'in a worker' : 'on the main thread');

function howText({ file, size, labelsFile, numberedBy, categories, stretchMs, labelled, every }: VideoAccuracy): string {
  const names = categories.slice(0, MOST_NAMES).map((name) => formatName(name));
  const others = categories.length > names.length ? [plural(categories.length - names.length, 'other')] : [];
  const by = numberedBy === 'id' ? 'images are all frames in the order of their ids' : 'images say their frame (frame_index)';
  const looked = every === 1 ? 'each of them' : `one of ${every} of them`;
  return [
    `${formatName(file)} (${size.width} × ${size.height} px) played for ${(stretchMs / 1000).toFixed(1)} s at its own rate, from the first labelled frame on.`,
    `${formatName(labelsFile)} has labels of ${labelled} frames of it (${[...names, ...others].join(', ')}); its ${by}.`,
    'The newest frame is taken whenever the model is free, and what it found is shown until the next result comes: over a video that has gone on. Frames that the page was not told of are judged too, as the browser shows them all the same.',
    `For the accuracy of fresh results, and by staleness, the video was set to ${looked}.`,
    'Replayed is what follows from the ages of the results alone, and predicted what follows from the latencies alone, if nothing else makes a result older.',
  ].join(' ');
}

const MOST_NAMES = 5;

/** "4 fresh pages of each row" */
function pagesTexts({ live }: VideoAccuracy): string[] {
  if (live.length === 0) return [];
  const counts = live.map(({ pages }) => pages);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const pages = fewest === most ? plural(most, 'fresh page') : `${fewest} to ${most} fresh pages`;
  return [
    `Of each row of the table there are ${pages}; intervals are of pages, as the frames of one do not tell how the next differs.`,
  ];
}

const CHART_TEXT =
  'The dashed line is of a model without any fault, whose results come so much later: it falls as the video moves. Points are what was shown in the page, at its median age, where that is on the axis.';

const liveColumns = ({ metric, atZeroAp }: VideoAccuracy): readonly Column<PlayedAccuracy>[] => [
  { id: 'condition', head: 'Model', kind: 'text', value: where },
  ...agedColumns,
  { id: 'unseen', head: 'Not told', kind: 'share', value: ({ unseen, frames }) => unseen / frames },
  { id: 'measured', head: metric, kind: 'score', value: ({ measured }) => measured, ci95: ({ ci95 }) => ci95 },
  ...foretoldColumns,
  ...(atZeroAp === null
    ? []
    : [
        {
          id: 'measuredAp',
          head: 'AP@[.5:.95]',
          kind: 'score',
          value: ({ measuredAp }: PlayedAccuracy) => measuredAp,
          ci95: ({ measuredApCi95 }: PlayedAccuracy) => measuredApCi95,
        } as const,
      ]),
];

const curveColumns = ({ metric, atZeroAp }: VideoAccuracy): readonly Column<VideoCurvePoint>[] => [
  { id: 'stalenessMs', head: 'Staleness', kind: 'ms', value: ({ stalenessMs }) => stalenessMs },
  { id: 'frames', head: 'Frames', kind: 'count', value: ({ frames }) => frames },
  { id: 'value', head: metric, kind: 'score', value: ({ value }) => value },
  ...(atZeroAp === null
    ? []
    : [{ id: 'ap', head: 'AP@[.5:.95]', kind: 'score', value: ({ ap }: VideoCurvePoint) => ap } as const]),
  { id: 'perfect', head: 'Without any fault', kind: 'score', value: ({ perfect }) => perfect },
];

import { type Block, type Column, figure, heading, paragraph, table } from '../../src/view/block.js';
import { formatMs } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import { causePaint } from './causes/index.js';
import type { CauseTime, Partition } from './partition.js';
import type { Timeline } from './timeline.js';
import { MOST_BARS, timelineChart } from './timelineChart.js';

/** Every cause of the partition with its time, its meaning and its evidence; and a typical window, thread by thread. */
export const view: View<{ readonly partition: Partition | null; readonly timeline: Timeline | null }> = {
  id: 'causes',
  title: 'Where the time goes',
  words: {},
  blocks: ({ partition, timeline }) => [
    ...(partition ? causeBlocks(partition) : []),
    ...(timeline && timeline.rows.length > 0 ? timelineBlocks(timeline) : []),
  ],
  brief: () => [],
};

interface Row {
  readonly cause: CauseTime;
  /** What it takes of a prediction; none if it was seen in the warm-up only. */
  readonly prediction: Pick<CauseTime, 'share' | 'medianMs'> & { readonly ci95Ms: CauseTime['ci95Ms'] | null };
  readonly warmupMs: number;
}

function causeBlocks({ causes, warmup, windows, windowMedianMs }: Partition): Block[] {
  const inWarmup = new Map(warmup?.map((cause) => [cause.id, cause.medianMs]));
  const only = (warmup ?? []).filter(({ id }) => !causes.some((each) => each.id === id));
  const rows = [
    ...causes.map((cause): Row => ({ cause, prediction: cause, warmupMs: inWarmup.get(cause.id) ?? 0 })),
    ...only.map((cause): Row => ({ cause, prediction: { share: 0, medianMs: 0, ci95Ms: null }, warmupMs: cause.medianMs })),
  ];
  return [
    paragraph(
      `Medians over ${windows} traced windows; a window takes ${formatMs(windowMedianMs)} at the median. Shares are of the windows’ total time and sum to 100 %; medians of single causes need not sum to the median of the window.`,
    ),
    table('Causes of a prediction’s time', [...predictionColumns, ...(warmup ? [warmupColumn] : []), ...whyColumns], rows),
  ];
}

const predictionColumns: readonly Column<Row>[] = [
  {
    id: 'cause',
    head: 'Cause',
    kind: 'text',
    limit: 80,
    value: ({ cause }) => cause.title,
    note: ({ cause }) => cause.id,
    fill: ({ cause }) => causePaint(cause.id).fill,
  },
  { id: 'id', head: 'Id', kind: 'code', value: ({ cause }) => cause.id, in: ['data'] },
  { id: 'share', head: 'Share', kind: 'share', value: ({ prediction }) => prediction.share },
  {
    id: 'medianMs',
    head: 'Median',
    kind: 'ms',
    value: ({ prediction }) => prediction.medianMs,
    ci95: ({ prediction }) => prediction.ci95Ms,
  },
];

const warmupColumn: Column<Row> = { id: 'warmupMs', head: 'Warm-up', kind: 'ms', value: ({ warmupMs }) => warmupMs };

const whyColumns: readonly Column<Row>[] = [
  {
    id: 'meaning',
    head: 'Meaning and evidence',
    kind: 'text',
    limit: 300,
    value: ({ cause }) => cause.meaning,
    note: ({ cause }) => `Evidence: ${cause.evidence}`,
    in: ['page', 'terminal'],
  },
  { id: 'evidence', head: 'Evidence', kind: 'text', value: ({ cause }) => cause.evidence, in: ['data'] },
];

/** Causes in the legend. */
const MOST_CAUSES = 24;

function timelineBlocks(timeline: Timeline): Block[] {
  const { rows, windowMs } = timeline;
  const causes = [...new Set(rows.map(({ cause }) => cause))].slice(0, MOST_CAUSES);
  const cut = rows.length > MOST_BARS ? ` The ${MOST_BARS} longest of ${rows.length} stretches are drawn.` : '';
  const legend = causes.map((cause) => ({ fill: causePaint(cause).fill, text: cause }));
  return [
    heading('One window, by thread'),
    paragraph(`The window of median length, ${formatMs(windowMs)}.${cut}`),
    figure(timelineChart(timeline), null, legend),
  ];
}

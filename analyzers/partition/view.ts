import { type Block, type Column, figure, heading, paragraph, table } from '../../src/view/block.js';
import { formatMs } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import type { Latency } from '../latency/latency.js';
import { tracedModeText } from '../latency/modes.js';
import { causeOf, causePaint } from './causes/index.js';
import type { OutlierCause, Outliers } from './outliers.js';
import { functionText, outliersText } from './outliersText.js';
import { type CauseTime, type Partition, typicalText } from './partition.js';
import type { Timeline } from './timeline.js';
import { MOST_BARS, timelineChart } from './timelineChart.js';

/** The parts of an analysis that this view shows. */
export interface PartitionShown {
  readonly partition: Partition | null;
  readonly outliers: Outliers | null;
  readonly timeline: Timeline | null;
  readonly latency: Pick<Latency, 'modes' | 'traced'> | null;
}

/** Every cause of the partition with its time, its meaning and its evidence; what takes longer; and a typical window, thread by thread. */
export const view: View<PartitionShown> = {
  id: 'causes',
  title: 'Where the time goes',
  words: {
    Typical:
      'The middle half of the predictions by their length, once those are left out that take markedly longer or shorter: more than 3.5 deviations from the median (modified z-score of the logarithm), and half as long again or less than two thirds of it.',
  },
  blocks: ({ partition, outliers, timeline, latency }) => [
    ...(partition ? causeBlocks(partition, latency) : []),
    ...(outliers ? outlierBlocks(outliers) : []),
    ...(timeline && timeline.rows.length > 0 ? timelineBlocks(timeline) : []),
  ],
  brief: () => [],
};

interface Row {
  readonly cause: Pick<CauseTime, 'id' | 'title' | 'meaning' | 'evidence'>;
  /** What it takes of a prediction; none if it was seen in the warm-up only. */
  readonly prediction: Pick<CauseTime, 'share' | 'ms'> & { readonly ci95Ms: CauseTime['ci95Ms'] | null };
  readonly warmupMs: number;
  /** Of all windows. */
  readonly allShare: number;
}

const NONE: Row['prediction'] = { share: 0, ms: 0, ci95Ms: null };

const titled = (id: string): Pick<CauseTime, 'title' | 'meaning' | 'evidence'> => ({
  title: causeOf(id)?.title ?? id,
  meaning: causeOf(id)?.meaning ?? '',
  evidence: 'in predictions that are not typical',
});

function causeBlocks(partition: Partition, latency: PartitionShown['latency']): Block[] {
  const { causes, warmup, allWindows, typical, windows } = partition;
  const inWarmup = new Map(warmup?.map((cause) => [cause.id, cause.ms]));
  const ofAll = new Map(allWindows.causes.map(({ id, share }) => [id, share]));
  const only = (warmup ?? []).filter(({ id }) => !causes.some((each) => each.id === id));
  const rows = [
    ...causes.map((cause) => ({ cause, prediction: cause, warmupMs: inWarmup.get(cause.id) ?? 0 })),
    ...only.map((cause) => ({ cause, prediction: NONE, warmupMs: cause.ms })),
    ...allWindows.causes
      .filter(({ id }) => ![...causes, ...only].some((each) => each.id === id))
      .map(({ id }) => ({ cause: { id, ...titled(id) }, prediction: NONE, warmupMs: 0 })),
  ].map((row): Row => ({ ...row, allShare: ofAll.get(row.cause.id) ?? 0 }));
  const mode = latency && tracedModeText(latency);
  return [
    paragraph(
      `Of a typical prediction under the trace, which takes ${formatMs(partition.typical.ms)}: means over ${typicalText(partition)}, so that times and shares sum.${mode === null ? '' : ` ${mode}`}`,
    ),
    table(
      'Causes of a prediction’s time',
      [...predictionColumns, ...(typical.windows < windows ? [allColumn] : []), ...(warmup ? [warmupColumn] : []), ...whyColumns],
      rows,
    ),
  ];
}

const predictionColumns: readonly Column<Row>[] = [
  {
    id: 'cause',
    head: 'Cause',
    kind: 'text',
    limit: 80,
    value: ({ cause }) => cause.title,
    fill: ({ cause }) => causePaint(cause.id).fill,
  },
  { id: 'id', head: 'Id', kind: 'code', value: ({ cause }) => cause.id, in: ['data'] },
  { id: 'share', head: 'Share', kind: 'share', value: ({ prediction }) => prediction.share },
  {
    id: 'meanMs',
    head: 'Time',
    kind: 'ms',
    value: ({ prediction }) => prediction.ms,
    ci95: ({ prediction }) => prediction.ci95Ms,
  },
];

const allColumn: Column<Row> = { id: 'allShare', head: 'Of all predictions', kind: 'share', value: ({ allShare }) => allShare };

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

/** Predictions that take markedly longer, and what they have more of. */
function outlierBlocks(outliers: Outliers): Block[] {
  return [
    heading('Predictions that take longer'),
    paragraph(`${outliersText(outliers)}.`),
    ...(outliers.more.length > 0
      ? [table('What they have more of than typical ones: means', outlierColumns, outliers.more)]
      : []),
  ];
}

const outlierColumns: readonly Column<OutlierCause>[] = [
  {
    id: 'cause',
    head: 'Cause',
    kind: 'text',
    limit: 80,
    value: ({ title }) => title,
    fill: ({ id }) => causePaint(id).fill,
  },
  { id: 'id', head: 'Id', kind: 'code', value: ({ id }) => id, in: ['data'] },
  { id: 'beyondMs', head: 'More', kind: 'ms', value: ({ ms }) => ms },
  { id: 'share', head: 'Of what they take longer', kind: 'share', value: ({ share }) => share },
  {
    id: 'where',
    head: 'Where',
    kind: 'text',
    limit: 300,
    value: ({ functions, evidence }) =>
      functions.length > 0 ? functions.map((each) => `${functionText(each)} ${formatMs(each.ms)}`).join(', ') : evidence,
  },
];

/** Causes in the legend. */
const MOST_CAUSES = 24;

function timelineBlocks(timeline: Timeline): Block[] {
  const { rows, windowMs } = timeline;
  const causes = [...new Set(rows.map(({ cause }) => cause))].slice(0, MOST_CAUSES);
  const cut = rows.length > MOST_BARS ? ` The ${MOST_BARS} longest of ${rows.length} stretches are drawn.` : '';
  const legend = causes.map((cause) => ({ fill: causePaint(cause).fill, text: causeOf(cause)?.title ?? cause }));
  return [
    heading('One window, by thread'),
    paragraph(`The window of median length, ${formatMs(windowMs)}.${cut}`),
    figure(timelineChart(timeline), null, legend),
  ];
}

import { lastPart } from '../../src/text/lastPart.js';
import { type Block, type Column, heading, lead, paragraph, remark, table } from '../../src/view/block.js';
import { formatMs, formatPlural, formatShare } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import type { Partition } from '../partition/partition.js';
import type { PageTask } from './pageTasks.js';
import type { ThreadUse } from './threadUse.js';
import type { Workers, WorkerUse } from './workers.js';

/** The parts of an analysis that this view shows. */
export interface ContentionShown {
  readonly threads: readonly ThreadUse[] | null;
  readonly workers: Workers | null;
  readonly pageTasks: readonly PageTask[] | null;
  readonly partition: Pick<Partition, 'windows'> | null;
}

/** Which threads used the cores during a prediction, how evenly the pool worked, and what else the page did in that time. */
export const view: View<ContentionShown> = {
  id: 'contention',
  title: 'Contention',
  // The section itself explains its columns.
  words: {},
  blocks(known) {
    const { threads, workers, pageTasks, partition } = known;
    const rows = joined(threads ?? [], workers?.threads ?? []);
    const tasks = pageTasks ?? [];
    if (rows.length === 0 && tasks.length === 0) return [];
    return [
      lead(firstSentence(known)),
      ...(rows.length > 0 ? threadBlocks(rows, threads !== null, workers !== null) : []),
      ...(tasks.length > 0 ? taskBlocks(tasks, partition?.windows ?? 0) : []),
    ];
  },
  brief: () => [],
};

function firstSentence({ threads, workers }: ContentionShown): string {
  if (workers) return workersSentence(workers);
  const owner = threads?.find((thread) => thread.owner);
  return owner
    ? `The thread that runs the call was on a core for ${formatMs(owner.ranMs)} of a prediction, and waited ${formatMs(owner.waitedMs)} for one.`
    : 'Other tasks of the page ran in the middle of predictions.';
}

/** How evenly the work was split. */
function workersSentence({ threads, threadsLeftOut, imbalance, ownerWaitedMs }: Workers): string {
  const count = threads.length + threadsLeftOut;
  const split = imbalance === null ? '' : `; the busiest worked ${formatShare(imbalance)} more than the mean`;
  return `${formatPlural(count, 'thread')} computed in a prediction${split}, and the owner waited ${formatMs(ownerWaitedMs)} of it for the others, asleep or polling.`;
}

interface Row {
  readonly thread: string;
  readonly owner: boolean;
  readonly scheduled: ThreadUse | null;
  readonly sampled: WorkerUse | null;
}

/** One row per thread, from the scheduler's records, the samples or both. */
function joined(threads: readonly ThreadUse[], workers: readonly WorkerUse[]): Row[] {
  const rows = threads.map((scheduled): Row => {
    const sampled = workers.find(({ thread }) => thread === scheduled.thread) ?? null;
    return { thread: scheduled.thread, owner: scheduled.owner, scheduled, sampled };
  });
  const known = new Set(rows.map(({ thread }) => thread));
  const others = workers.filter(({ thread }) => !known.has(thread));
  return [...rows, ...others.map((sampled): Row => ({ thread: sampled.thread, owner: sampled.owner, scheduled: null, sampled }))];
}

/** Threads that work less than this share of what the busiest does are shown when a reader asks for them. */
const MIN_WORK_SHARE = 0.02;
/** V8’s profiler, which runs only as this recording asked for it. */
const OWN_THREADS = /^v8:Prof/;

const workedMs = ({ sampled, scheduled }: Row): number =>
  Math.max(scheduled?.ranMs ?? 0, (sampled?.busyMs ?? 0) + (sampled?.spinningMs ?? 0) + (sampled?.waitingMs ?? 0));

function threadBlocks(rows: readonly Row[], isScheduled: boolean, isSampled: boolean): Block[] {
  const mostMs = Math.max(...rows.map(workedMs));
  const isBusy = (row: Row): boolean => row.owner || (workedMs(row) >= MIN_WORK_SHARE * mostMs && !OWN_THREADS.test(row.thread));
  const sorted = [...rows.filter(isBusy), ...rows.filter((row) => !isBusy(row))];
  const columns = [
    ...threadColumns,
    ...(isSampled ? sampledColumns : []),
    ...(isScheduled ? [ranColumn, ...(isSampled ? [] : [spinningColumn]), ...offCoreColumns] : []),
  ];
  const sources = [
    ...(isSampled
      ? ['working, spinning and waiting for work by CPU samples, where time without a core counts with what it interrupts']
      : []),
    ...(isScheduled ? [`${isSampled ? 'the rest by' : 'from'} the kernel’s scheduling figures`] : []),
  ];
  return [
    table('Threads of the page’s process in a prediction', columns, sorted, rows.filter(isBusy).length),
    remark(
      `Means per prediction: ${sources.join('; ')}. Spinning is time in functions that only poll: it looks like compute and is not.`,
    ),
  ];
}

const threadColumns: readonly Column<Row>[] = [
  {
    id: 'thread',
    head: 'Thread',
    kind: 'text',
    limit: 60,
    value: ({ thread }) => thread,
    note: ({ owner }) => (owner ? 'runs the call' : null),
  },
  { id: 'runsCall', head: 'Runs the call', kind: 'flag', in: ['data'], value: ({ owner }) => owner },
];

const sampledColumns: readonly Column<Row>[] = [
  { id: 'busyMs', head: 'Working', kind: 'ms', value: ({ sampled }) => sampled?.busyMs ?? null },
  { id: 'spinningMs', head: 'Spinning', kind: 'ms', value: ({ sampled }) => sampled?.spinningMs ?? null },
  { id: 'waitingMs', head: 'Waiting for work', kind: 'ms', value: ({ sampled }) => sampled?.waitingMs ?? null },
];

const ranColumn: Column<Row> = { id: 'ranMs', head: 'On a core', kind: 'ms', value: ({ scheduled }) => scheduled?.ranMs ?? null };

/** Only where no samples tell how long a thread was spinning. */
const spinningColumn: Column<Row> = {
  id: 'spinShare',
  head: 'Of it spinning',
  kind: 'share',
  value: ({ scheduled }) => scheduled?.spinShare ?? null,
};

const offCoreColumns: readonly Column<Row>[] = [
  { id: 'waitedMs', head: 'Waiting for a core', kind: 'ms', value: ({ scheduled }) => scheduled?.waitedMs ?? null },
  { id: 'sleptMs', head: 'Asleep', kind: 'ms', value: ({ scheduled }) => scheduled?.sleptMs ?? null },
];

function taskBlocks(tasks: readonly PageTask[], windows: number): Block[] {
  const totalMs = tasks.reduce((sum, task) => sum + task.totalMs, 0);
  const count = tasks.reduce((sum, task) => sum + task.count, 0);
  const each = windows > 0 ? `, ${formatMs(totalMs / windows)} of a prediction at the mean` : '';
  return [
    heading('Other tasks of the page'),
    paragraph(
      `${formatPlural(count, 'task')} of the page ran in the middle of predictions and took ${formatMs(totalMs)}${each}.`,
    ),
    table('Tasks of the page inside predictions, by what they did', taskColumns, tasks),
  ];
}

const taskColumns: readonly Column<PageTask>[] = [
  { id: 'task', head: 'Task', kind: 'text', limit: 80, value: ({ name }) => name },
  { id: 'count', head: 'Times', kind: 'count', value: ({ count }) => count },
  { id: 'totalMs', head: 'Total', kind: 'ms', value: ({ totalMs }) => totalMs },
  { id: 'longestMs', head: 'Longest', kind: 'ms', value: ({ longestMs }) => longestMs },
  {
    id: 'file',
    head: 'Script',
    kind: 'text',
    limit: 60,
    in: ['page', 'terminal'],
    value: ({ script }) => script && lastPart(script),
  },
  { id: 'script', head: 'Script', kind: 'text', in: ['data'], value: ({ script }) => script },
];

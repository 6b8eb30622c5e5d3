import type { PageTask } from '../../../analyzers/contention/pageTasks.js';
import type { ThreadUse } from '../../../analyzers/contention/threadUse.js';
import type { WorkerUse } from '../../../analyzers/contention/workers.js';
import { inertText } from '../../text/inertText.js';
import { formatCount, formatMs, formatPlural, formatShare, MISSING } from '../../view/format.js';
import { type Html, html, prose } from '../html.js';
import { workersSentence } from '../runtimeWords.js';
import { type Column, dataTable } from './dataTable.js';
import { name } from './names.js';
import type { PageContext, Section } from './section.js';

/** Which threads used the cores during a prediction, how evenly the pool worked, and what else the page did in that time. */
export const contentionSection: Section = {
  id: 'contention',
  title: 'Contention',
  render({ threads, workers, pageTasks, partition }, page) {
    const rows = joined(threads ?? [], workers?.threads ?? []);
    const tasks = pageTasks ?? [];
    if (rows.length === 0 && tasks.length === 0) return null;
    const owner = threads?.find((thread) => thread.owner);
    const first = workers
      ? workersSentence(workers)
      : owner
        ? `The thread that runs the call was on a core for ${formatMs(owner.ranMs)} of a prediction, and waited ${formatMs(owner.waitedMs)} for one.`
        : 'Other tasks of the page ran in the middle of predictions.';
    return html`<p class="lead">${prose(first)}</p>
${rows.length > 0 ? threadTable(rows, threads !== null, workers !== null) : null}
${tasks.length > 0 ? tasksPart(tasks, partition?.windows ?? 0, page) : null}`;
  },
};

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

function threadTable(rows: readonly Row[], isScheduled: boolean, hasSamples: boolean): Html {
  const bySamples: readonly Column<Row>[] = [
    { head: 'Working', numeric: true, cell: ({ sampled }) => formatMs(sampled?.busyMs ?? null) },
    { head: 'Spinning', numeric: true, cell: ({ sampled }) => formatMs(sampled?.spinningMs ?? null) },
    { head: 'Waiting for work', numeric: true, cell: ({ sampled }) => formatMs(sampled?.waitingMs ?? null) },
  ];
  const spinning: Column<Row> = {
    head: 'Of it spinning',
    numeric: true,
    cell: ({ scheduled }) => formatShare(scheduled?.spinShare ?? null),
  };
  const byScheduling: readonly Column<Row>[] = [
    { head: 'On a core', numeric: true, cell: ({ scheduled }) => formatMs(scheduled?.ranMs ?? null) },
    ...(hasSamples ? [] : [spinning]),
    { head: 'Waiting for a core', numeric: true, cell: ({ scheduled }) => formatMs(scheduled?.waitedMs ?? null) },
    { head: 'Asleep', numeric: true, cell: ({ scheduled }) => formatMs(scheduled?.sleptMs ?? null) },
  ];
  const columns: readonly Column<Row>[] = [
    { head: 'Thread', cell: (row) => html`${name(row.thread, 60)}${row.owner ? ' (runs the call)' : ''}` },
    ...(hasSamples ? bySamples : []),
    ...(isScheduled ? byScheduling : []),
  ];
  const sources = [
    ...(hasSamples
      ? ['working, spinning and waiting for work by CPU samples, where time without a core counts with what it interrupts']
      : []),
    ...(isScheduled ? ['the rest by the kernel’s scheduling figures'] : []),
  ];
  return html`${dataTable('Threads of the page’s process in a prediction', columns, rows)}
<p class="more">Means per prediction: ${hasSamples ? sources.join('; ') : 'from the kernel’s scheduling figures'}. Spinning is time in functions that only poll: it looks like
compute and is not.</p>`;
}

function tasksPart(tasks: readonly PageTask[], windows: number, page: PageContext): Html {
  const totalMs = tasks.reduce((sum, task) => sum + task.totalMs, 0);
  const count = tasks.reduce((sum, task) => sum + task.count, 0);
  const each = windows > 0 ? `, ${formatMs(totalMs / windows)} of a prediction at the mean` : '';
  return html`${page.subheading('Other tasks of the page')}
<p>${prose(`${formatPlural(count, 'task')} of the page ran in the middle of predictions and took ${formatMs(totalMs)}${each}.`)}</p>
${dataTable(
  'Tasks of the page inside predictions, by what they did',
  [
    { head: 'Task', cell: (task: PageTask) => name(task.name, 80) },
    { head: 'Times', numeric: true, cell: (task) => formatCount(task.count) },
    { head: 'Total', numeric: true, cell: (task) => formatMs(task.totalMs) },
    { head: 'Longest', numeric: true, cell: (task) => formatMs(task.longestMs) },
    { head: 'Script', wide: true, cell: (task) => (task.script === null ? MISSING : name(inertText(task.script, 120), 120)) },
  ],
  tasks,
)}`;
}

import { type Column, fold, paragraph, table } from '../../src/view/block.js';
import { formatBytes, formatCount, formatMs } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import type { TraceFacts } from './traceFacts.js';

/** What the trace contains: processes, threads, and the measures to choose a mark from. */
export const view: View<{ readonly trace: TraceFacts | null }> = {
  id: 'trace',
  title: 'What the trace holds',
  words: {},
  blocks({ trace }) {
    if (!trace) return [];
    const { events, bytes, durationMs, busiestThreads, measures, processes } = trace;
    return [
      paragraph(`${formatCount(events)} events, ${formatBytes(bytes)}, over ${formatMs(durationMs)}.`),
      ...(measures.length > 0 ? [table('Measures of the page, for --mark', measureColumns, measures)] : []),
      ...(busiestThreads.length + processes.length > 0
        ? [
            fold('Its processes and busiest threads', [
              ...(busiestThreads.length > 0 ? [table('Busiest threads', threadColumns, busiestThreads)] : []),
              ...(processes.length > 0 ? [table('Processes', processColumns, processes, MOST_PROCESSES)] : []),
            ]),
          ]
        : []),
    ];
  },
  brief: () => [],
};

const MOST_PROCESSES = 20;

const threadColumns: readonly Column<TraceFacts['busiestThreads'][number]>[] = [
  { id: 'thread', head: 'Thread', kind: 'text', limit: 60, value: ({ thread }) => thread },
  { id: 'busyMs', head: 'Busy', kind: 'ms', value: ({ busyMs }) => busyMs },
  { id: 'sampled', head: 'CPU samples', kind: 'flag', value: ({ sampled }) => sampled },
];

const measureColumns: readonly Column<TraceFacts['measures'][number]>[] = [
  { id: 'measure', head: 'Measure', kind: 'code', limit: 60, value: ({ name }) => name },
  { id: 'count', head: 'Count', kind: 'count', value: ({ count }) => count },
  { id: 'medianMs', head: 'Median', kind: 'ms', value: ({ medianMs }) => medianMs },
];

const processColumns: readonly Column<TraceFacts['processes'][number]>[] = [
  { id: 'process', head: 'Process', kind: 'text', limit: 60, value: ({ name }) => name },
  { id: 'pid', head: 'Id', kind: 'code', limit: 40, value: ({ pid }) => String(pid) },
  { id: 'threads', head: 'Threads', kind: 'count', value: ({ threads }) => threads },
];

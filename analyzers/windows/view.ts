import { type Column, list, paragraph, table } from '../../src/view/block.js';
import { formatName } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import { formatConfidence } from './confidence.js';
import type { Inferences } from './inferences.js';

/** How inferences were found in a watched page, or in a trace that another tool recorded. */
export const view: View<{ readonly inferences: Inferences | null }> = {
  id: 'inferences',
  title: 'How the inferences were found',
  words: {},
  blocks({ inferences }) {
    if (!inferences) return [];
    const { count, source, confidence, confidenceWhy, threads, lookedFor } = inferences;
    const looked = list(lookedFor);
    if (count === 0) return [paragraph('No inference found. Looked for, in this order:'), looked];
    const names = threads.slice(0, MOST_THREADS).map((thread) => formatName(thread));
    return [
      paragraph(`${source ?? ''}. Confidence ${formatConfidence(confidence)}: ${confidenceWhy ?? ''}`),
      paragraph(`They run on ${names.join(', ')}.`),
      table('Phases', columns, rows(inferences)),
      paragraph('Looked for, in this order, until something was found:'),
      looked,
    ];
  },
  brief: () => [],
};

const MOST_THREADS = 8;

interface Row {
  readonly phase: string;
  readonly count: number | null;
  readonly startMs: number | null;
  readonly endMs: number | null;
}

const columns: readonly Column<Row>[] = [
  { id: 'phase', head: 'Phase', kind: 'text', value: ({ phase }) => phase },
  { id: 'inferences', head: 'Inferences', kind: 'count', value: ({ count }) => count },
  { id: 'startMs', head: 'From', kind: 'ms', value: ({ startMs }) => startMs },
  { id: 'endMs', head: 'Until', kind: 'ms', value: ({ endMs }) => endMs },
];

function rows({ phases: { load, warmup, steady } }: Inferences): Row[] {
  return [
    { phase: 'Load', count: null, startMs: load?.startMs ?? null, endMs: load?.endMs ?? null },
    { phase: 'Warm-up', ...warmup },
    { phase: 'Steady', ...steady },
  ];
}

import { type Block, type Column, heading, paragraph, table } from '../../src/view/block.js';
import { formatCount, formatName, formatPlural } from '../../src/view/format.js';
import type { GpuPrograms } from './gpuUse.js';
import { siteColumns } from './siteColumns.js';

type Row = GpuPrograms['rows'][number];

const ROWS_SHOWN = 10;

/** Shaders, programs and pipelines that the page made; those that were made repeatedly come first. */
export function programBlocks(programs: GpuPrograms): Block[] {
  const { rows, rowsLeftOut } = programs;
  return [
    heading('Programs'),
    paragraph(countSentence(programs)),
    ...(rows.length > 0
      ? [
          table(
            'Programs by source and place; time until it was there where the page asked to be told, else of the calls alone',
            columns,
            byTime(rows),
            ROWS_SHOWN,
            rowsLeftOut,
          ),
        ]
      : []),
  ];
}

function countSentence({ count, repeated, inPredictions }: GpuPrograms): string {
  if (count === 0) return 'The page made no program.';
  const again =
    repeated > 0 ? `${formatCount(repeated)} of a source that had been compiled before` : 'none of them twice from one source';
  const late = inPredictions > 0 ? `${formatCount(inPredictions)} in predictions, which waited for them` : 'none in a prediction';
  return `The page made shaders, programs and pipelines in ${formatPlural(count, 'call')}: ${again}, ${late}.`;
}

/** Programs made in predictions and repeated ones first, each group by time. */
function byTime(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => b.predictions - a.predictions || b.count - a.count || b.ms - a.ms);
}

const columns: readonly Column<Row>[] = [
  {
    id: 'call',
    head: 'Call',
    kind: 'code',
    limit: 40,
    value: ({ call }) => call,
    note: ({ count, label }) => [
      ...(count > 1 ? [`made ${formatCount(count)} times`] : []),
      ...(label ? [formatName(label, 80)] : []),
    ],
  },
  { id: 'label', head: 'Label', kind: 'text', in: ['data'], value: ({ label }) => label },
  { id: 'count', head: 'Made', kind: 'count', in: ['data'], value: ({ count }) => count },
  { id: 'characters', head: 'Source, characters', kind: 'count', value: ({ characters }) => characters },
  { id: 'setup', head: 'Setup', kind: 'count', value: ({ setup }) => setup },
  { id: 'warmup', head: 'Warm-up', kind: 'count', value: ({ warmup }) => warmup },
  { id: 'predictions', head: 'Predictions', kind: 'count', value: ({ predictions }) => predictions },
  { id: 'ms', head: 'Time', kind: 'ms', value: ({ ms }) => ms },
  ...siteColumns<Row>('Made at'),
];

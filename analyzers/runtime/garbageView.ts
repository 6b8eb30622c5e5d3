import { type Block, type Column, fold, heading, paragraph, remark, table } from '../../src/view/block.js';
import { formatMs } from '../../src/view/format.js';
import { type GcKind, type GcRow, type GcUse, gcKinds } from './garbageCollection.js';
import type { GarbageMaker } from './garbageMakers.js';
import { placeText } from './placeText.js';

const ROWS_SHOWN = 12;
/** A kind of collection that took less time than this on a thread is not shown. */
const MIN_SHOWN_MS = 0.05;

const MAKERS_TEXT =
  'As far as samples tell: a collection goes to the function that it interrupted or, if that is not known, to the scripts that ran since the one before it, by their time.';

/** The collections by kind and thread, and whose garbage it was. */
export function garbageBlocks({ ownerInWindowsMs, rows, rowsLeftOut, by }: GcUse): Block[] {
  const isShown = ({ totalMs }: GcRow): boolean => totalMs >= MIN_SHOWN_MS;
  const shown = rows.filter(isShown);
  if (shown.length === 0) return [];
  const longestMs = Math.max(0, ...rows.filter(({ owner }) => owner).map(({ inWindows }) => inWindows.longestMs));
  const collections = table(
    'Collections over the whole trace, by kind and thread',
    columns,
    [...shown, ...rows.filter((row) => !isShown(row))],
    Math.min(ROWS_SHOWN, shown.length),
    rowsLeftOut,
  );
  return [
    heading('Garbage collection'),
    paragraph(
      ownerInWindowsMs > 0
        ? `Garbage collection stopped the predictions for ${formatMs(ownerInWindowsMs)} in all, ${formatMs(longestMs)} at the longest.`
        : 'No garbage was collected on the thread that predicts while it predicted.',
    ),
    ...(rows.some(({ predictionsMs }) => predictionsMs >= MIN_SHOWN_MS)
      ? [collections]
      : [fold('Collections outside of predictions', [collections])]),
    ...(by ? [table('Whose garbage it was in predictions, in all', makerColumns, by), remark(MAKERS_TEXT)] : []),
  ];
}

const columns: readonly Column<GcRow>[] = [
  {
    id: 'kind',
    head: 'Kind',
    kind: 'text',
    value: ({ kind }) => (Object.hasOwn(gcKinds, kind) ? gcKinds[kind as GcKind].title : kind),
  },
  { id: 'count', head: 'Times', kind: 'count', value: ({ count }) => count },
  { id: 'totalMs', head: 'Total', kind: 'ms', value: ({ totalMs }) => totalMs },
  { id: 'longestMs', head: 'Longest', kind: 'ms', value: ({ longestMs }) => longestMs },
  { id: 'predictionsMs', head: 'In predictions', kind: 'ms', value: ({ predictionsMs }) => predictionsMs },
  { id: 'freedBytes', head: 'Freed', kind: 'bytes', value: ({ freedBytes }) => freedBytes },
  {
    id: 'thread',
    head: 'Thread',
    kind: 'text',
    limit: 40,
    value: ({ thread }) => thread,
    note: ({ owner }) => (owner ? 'runs the call' : null),
  },
  { id: 'runsCall', head: 'Runs the call', kind: 'flag', in: ['data'], value: ({ owner }) => owner },
];

const makerColumns: readonly Column<GarbageMaker>[] = [
  { id: 'function', head: 'Function', kind: 'code', limit: 60, value: (row) => row.function },
  { id: 'ms', head: 'Collecting', kind: 'ms', value: ({ ms }) => ms },
  { id: 'share', head: 'Share', kind: 'share', value: ({ share }) => share },
  {
    id: 'place',
    head: 'Where the function begins',
    kind: 'text',
    limit: 160,
    value: (row) => placeText({ ...row, column: null }),
  },
];

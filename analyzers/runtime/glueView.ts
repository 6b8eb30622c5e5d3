import { lastPart } from '../../src/text/lastPart.js';
import { type Block, type Column, heading, paragraph, table } from '../../src/view/block.js';
import { formatMs, formatName, formatShare } from '../../src/view/format.js';
import { causeOf } from '../partition/causes/index.js';
import type { GlueFunction, GlueUse } from './glue.js';
import { placeText } from './placeText.js';

const FUNCTIONS_SHOWN = 12;

/** The JavaScript in a prediction, by function. */
export function glueBlocks({ ms, scripts, functions, functionsLeftOut }: GlueUse): Block[] {
  const [first] = scripts;
  const most =
    first && ms > 0
      ? `, most of it (${formatShare(first.ms / ms)}) in ${first.script === null ? 'no script that is known' : formatName(lastPart(first.script), 60)}`
      : '';
  return [
    heading('JavaScript'),
    paragraph(`JavaScript takes ${formatMs(ms)} of a prediction at the mean${most}.`),
    ...(functions.length > 0
      ? [
          table(
            'JavaScript functions by self time, and builtins under their caller: means per prediction',
            columns,
            functions,
            FUNCTIONS_SHOWN,
            functionsLeftOut,
          ),
        ]
      : []),
  ];
}

const columns: readonly Column<GlueFunction>[] = [
  {
    id: 'function',
    head: 'Function',
    kind: 'code',
    limit: 60,
    value: (row) => row.builtin ?? row.function ?? '(no script)',
    note: (row) => (row.builtin !== null && row.function !== null ? `called by ${formatName(row.function)}` : null),
  },
  { id: 'calledBy', head: 'Called by', kind: 'code', in: ['data'], value: (row) => (row.builtin === null ? null : row.function) },
  { id: 'ms', head: 'Time', kind: 'ms', value: ({ ms }) => ms },
  { id: 'share', head: 'Share', kind: 'share', value: ({ share }) => share },
  {
    id: 'causeTitle',
    head: 'Cause',
    kind: 'text',
    limit: 40,
    in: ['page', 'terminal'],
    value: ({ cause }) => causeOf(cause)?.title ?? cause,
  },
  { id: 'cause', head: 'Cause', kind: 'code', in: ['data'], value: ({ cause }) => cause },
  {
    id: 'place',
    head: 'Where the function begins',
    kind: 'text',
    limit: 160,
    in: ['page', 'terminal'],
    value: ({ script, line, column }) => (script === null ? null : placeText({ script: lastPart(script), line, column })),
  },
  {
    id: 'address',
    head: 'Where the function begins',
    kind: 'text',
    in: ['data'],
    value: ({ script, line, column }) => (script === null ? null : placeText({ script, line, column })),
  },
];

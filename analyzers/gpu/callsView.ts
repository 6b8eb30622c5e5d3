import { type Block, type Column, heading, table } from '../../src/view/block.js';
import type { GpuCallRow, GpuUse } from './gpuUse.js';
import { siteColumns } from './siteColumns.js';
import { isByPromise } from './words.js';

const ROWS_SHOWN = 16;
const KINDS: Readonly<Record<string, string>> = {
  upload: 'upload',
  readback: 'read-back',
  roundTrip: 'round trip',
  poll: 'asks, does not wait',
  submission: 'submission',
};

/** Calls that wait for an answer, submit work or move bytes, by call site; sorted by their cost in predictions. */
export function callBlocks({ calls, callsLeftOut }: Pick<GpuUse, 'calls' | 'callsLeftOut'>): Block[] {
  if (calls.length === 0) return [];
  return [
    heading('Round trips, uploads and read-backs'),
    table('Calls by place in a script; a place unfolds to its stack', columns, calls, ROWS_SHOWN, callsLeftOut),
  ];
}

const columns: readonly Column<GpuCallRow>[] = [
  { id: 'call', head: 'Call', kind: 'code', limit: 40, value: ({ call }) => call, note: kindText },
  { id: 'kind', head: 'Kind', kind: 'text', in: ['data'], value: kindText },
  { id: 'perPrediction', head: 'Per prediction', kind: 'mean', value: ({ perPrediction }) => perPrediction.count },
  { id: 'perPredictionMs', head: 'Time of it', kind: 'ms', value: ({ perPrediction: { count, ms } }) => (count > 0 ? ms : null) },
  {
    id: 'perPredictionBytes',
    head: 'Bytes',
    kind: 'bytes',
    value: ({ perPrediction: { bytes } }) => (bytes > 0 ? bytes : null),
  },
  { id: 'warmup', head: 'In the warm-up', kind: 'mean', value: ({ warmup }) => warmup.count },
  { id: 'warmupMs', head: 'Time of it', kind: 'ms', value: ({ warmup: { count, ms } }) => (count > 0 ? ms : null) },
  { id: 'longestMs', head: 'Longest', kind: 'ms', value: ({ longestMs }) => longestMs },
  ...siteColumns<GpuCallRow>('Called at'),
];

function kindText({ kind, call }: GpuCallRow): string {
  const known = Object.hasOwn(KINDS, kind) ? KINDS[kind]! : kind;
  if (kind !== 'readback' && kind !== 'roundTrip') return known;
  return `${known}, ${isByPromise(call) ? 'answered by promise' : 'blocks'}`;
}

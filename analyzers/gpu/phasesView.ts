import { type Block, type Column, remark, table, type ValueKind } from '../../src/view/block.js';
import { formatBytes, formatMean, formatMs, formatPlural } from '../../src/view/format.js';
import type { GpuPhase, GpuPhases } from './phases.js';

const TIMES_TEXT =
  'Round trips, uploads and programs count the time of the calls on the page’s own thread; read-backs until the bytes were there. The GPU process and the device work beside that thread, so these times need not sum to the phase. What the GPU process did with shaders is a lower bound: not every part of it has a slice of its own.';

/**
 * What the page asked of the GPU in set-up, warm-up and a prediction, and how long the page, the GPU process and the device were
 * busy.
 */
export function phaseBlocks({ setup, warmup, predictions }: GpuPhases): Block[] {
  const all = [
    { title: 'Setup', phase: setup },
    { title: 'Warm-up', phase: warmup },
    { title: 'Prediction', phase: predictions },
  ];
  const rows = all.flatMap(({ title, phase }) => (phase ? [{ title, ...phase }] : []));
  return [table('Work by phase; a prediction is the mean of the traced windows', columns, rows), remark(TIMES_TEXT)];
}

interface Row extends GpuPhase {
  readonly title: string;
}

/** A count, and below it what the calls that it counts took or moved. */
function counted(head: string, of: keyof GpuPhase, more: (row: Row) => readonly string[]): Column<Row> {
  return { id: of, head, kind: 'mean', value: (row) => row[of], note: (row) => (row[of] === 0 ? [] : more(row)) };
}

/** What a note says, as a number for other tools. */
function inData(head: string, of: keyof GpuPhase, kind: ValueKind): Column<Row> {
  return { id: of, head, kind, in: ['data'], value: (row) => row[of] };
}

const columns: readonly Column<Row>[] = [
  { id: 'phase', head: 'Phase', kind: 'text', value: ({ title }) => title },
  {
    id: 'dispatches',
    head: 'Dispatches',
    kind: 'mean',
    value: ({ dispatches }) => dispatches,
    note: ({ submissions }) => `in ${formatPlural(Math.round(submissions), 'submission')}`,
  },
  inData('Submissions', 'submissions', 'mean'),
  counted('Programs', 'programs', ({ programMs }) => [formatMs(programMs)]),
  inData('Time of programs', 'programMs', 'ms'),
  counted('Uploads', 'uploads', ({ uploadBytes, uploadMs }) => [formatBytes(uploadBytes), formatMs(uploadMs)]),
  inData('Uploaded', 'uploadBytes', 'bytes'),
  inData('Time of uploads', 'uploadMs', 'ms'),
  counted('Read-backs', 'readbacks', ({ readbackBytes, readbackMs }) => [formatBytes(readbackBytes), formatMs(readbackMs)]),
  inData('Read back', 'readbackBytes', 'bytes'),
  inData('Time of read-backs', 'readbackMs', 'ms'),
  counted('Round trips', 'roundTrips', ({ roundTripMs }) => [formatMs(roundTripMs)]),
  inData('Time of round trips', 'roundTripMs', 'ms'),
  {
    id: 'processMs',
    head: 'GPU process',
    kind: 'ms',
    value: ({ processMs }) => (processMs > 0 ? processMs : null),
    note: processNotes,
  },
  inData('Of it shaders, at least', 'compileMs', 'ms'),
  inData('Commands', 'commandBytes', 'bytes'),
  {
    id: 'deviceMs',
    head: 'Device',
    kind: 'ms',
    value: ({ passes, deviceMs }) => (passes > 0 ? deviceMs : null),
    note: ({ passes }) => (passes > 0 ? `${formatMean(passes)} timed` : null),
  },
  inData('Passes that were timed', 'passes', 'mean'),
];

/** With what the GPU process was busy, as far as the trace tells. */
function processNotes({ processMs, compileMs, commandBytes }: Row): readonly string[] {
  if (processMs === 0) return [];
  return [
    ...(compileMs > 0 ? [`≥ ${formatMs(compileMs)} shaders`] : []),
    ...(commandBytes > 0 ? [`${formatBytes(commandBytes)} commands`] : []),
  ];
}

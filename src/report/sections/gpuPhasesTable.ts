import type { GpuPhase, GpuUse } from '../../../analyzers/analysis.js';
import { formatBytes, formatCount, formatMs, formatPlural, MISSING } from '../format.js';
import { type Html, html } from '../html.js';
import { type Column, dataTable } from './dataTable.js';

/** What the page asked of the GPU in set-up, warm-up and a prediction, and how long who was busy with it. */
export function gpuPhasesTable(gpu: GpuUse): Html {
  return html`${dataTable('Work by phase; a prediction is the mean of the traced windows', phaseColumns, phases(gpu))}
<p class="more">Round trips, uploads and programs count the time of the calls on the page’s own thread; read-backs until the bytes were there. The GPU process
and the device work beside that thread, so these times need not sum to the phase. What the GPU process did with
shaders is a lower bound: not every part of it has a slice of its own.</p>`;
}

interface PhaseRow {
  readonly title: string;
  readonly phase: GpuPhase;
}

function phases({ phases: { setup, warmup, predictions } }: GpuUse): PhaseRow[] {
  const rows = [
    { title: 'Setup', phase: setup },
    { title: 'Warm-up', phase: warmup },
    { title: 'Prediction', phase: predictions },
  ];
  return rows.flatMap(({ title, phase }) => (phase ? [{ title, phase }] : []));
}

/** A mean of few windows need not be whole. */
const count = (value: number): string => (Number.isInteger(value) ? formatCount(value) : value.toFixed(1));

const phaseColumns: readonly Column<PhaseRow>[] = [
  { head: 'Phase', cell: ({ title }) => title },
  {
    head: 'Dispatches',
    numeric: true,
    cell: ({ phase }) =>
      html`${count(phase.dispatches)}<br><span class="more">in ${formatPlural(Math.round(phase.submissions), 'submission')}</span>`,
  },
  { head: 'Programs', numeric: true, cell: ({ phase }) => counted(phase.programs, [formatMs(phase.programMs)]) },
  {
    head: 'Uploads',
    numeric: true,
    cell: ({ phase }) => counted(phase.uploads, [formatBytes(phase.uploadBytes), formatMs(phase.uploadMs)]),
  },
  {
    head: 'Read-backs',
    numeric: true,
    cell: ({ phase }) => counted(phase.readbacks, [formatBytes(phase.readbackBytes), formatMs(phase.readbackMs)]),
  },
  { head: 'Round trips', numeric: true, cell: ({ phase }) => counted(phase.roundTrips, [formatMs(phase.roundTripMs)]) },
  { head: 'GPU process', numeric: true, cell: ({ phase }) => processCell(phase) },
  {
    head: 'Device',
    numeric: true,
    cell: ({ phase }) =>
      phase.passes === 0 ? MISSING : html`${formatMs(phase.deviceMs)}<br><span class="more">${count(phase.passes)} timed</span>`,
  },
];

function counted(value: number, more: readonly string[]): Html | string {
  return value === 0 ? '0' : html`${count(value)}${more.map((text) => html`<br><span class="more">${text}</span>`)}`;
}

/** How long the GPU process was busy, and with what, as far as the trace tells. */
function processCell({ processMs, compileMs, commandBytes }: GpuPhase): Html | string {
  if (processMs === 0) return MISSING;
  const more = [
    ...(compileMs > 0 ? [`≥ ${formatMs(compileMs)} shaders`] : []),
    ...(commandBytes > 0 ? [`${formatBytes(commandBytes)} commands`] : []),
  ];
  return html`${formatMs(processMs)}${more.map((text) => html`<br><span class="more">${text}</span>`)}`;
}

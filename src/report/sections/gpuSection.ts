import { max, min } from 'simple-statistics';
import type { GpuDevice, GpuUse } from '../../../analyzers/gpu/gpuUse.js';
import type { GpuPhase } from '../../../analyzers/gpu/phases.js';
import { apiName, gpuDevice, gpuSentences, kindOfDevice, timingText } from '../../../analyzers/gpu/words.js';
import type { Analysis } from '../../../analyzers/index.js';
import { familyOf } from '../../../analyzers/partition/causes/index.js';
import { partitionChart } from '../../../analyzers/partition/partitionChart.js';
import { inertText } from '../../text/inertText.js';
import { formatBytes, formatCount, formatMs, formatPlural, formatShare, MISSING } from '../../view/format.js';
import { type Html, html, prose } from '../html.js';
import { type Column, dataTable } from './dataTable.js';
import { gpuCallsTable } from './gpuCallsTable.js';
import { gpuProgramsTable } from './gpuProgramsTable.js';
import { name, swatch } from './names.js';
import type { PageContext, Section } from './section.js';

const MOST_MESSAGES = 12;
const MOST_DEVICES = 8;

/** What the page asked of the GPU: device, work by phase, warm-up, and the tables of programs and of calls. */
export const gpuSection: Section = {
  id: 'gpu',
  title: 'GPU',
  render(analysis, page) {
    const { gpu } = analysis;
    const ran = gpuDevice(analysis);
    if (!ran) return null;
    if (!gpu) {
      return html`<p class="lead">${prose(`${ran.api} on ${ran.name}: ${kindOfDevice(ran.software)}. No log of the page’s GPU calls was kept, so there is nothing to list.`)}</p>`;
    }
    const [first] = gpuSentences(analysis);
    return html`${first ? html`<p class="lead">${prose(first)}</p>` : null}
${gpu.devices.length > 0 ? dataTable('Devices that the page opened', deviceColumns, gpu.devices.slice(0, MOST_DEVICES)) : html`<p>The page was told of no device.</p>`}
${gpuPhasesTable(gpu)}
${gpuWarmup(analysis, page)}
${gpuProgramsTable(gpu.programs, page)}
${gpuCallsTable(gpu, page)}
${restPart(gpu, page)}`;
  },
};

const deviceColumns: readonly Column<GpuDevice>[] = [
  { head: 'Device', cell: (device) => name(device.description || MISSING, 160) },
  { head: 'API', cell: ({ api }) => apiName(api) },
  { head: 'Vendor', cell: ({ vendor }) => name(vendor || MISSING, 60) },
  { head: 'Architecture', cell: ({ architecture }) => name(architecture || MISSING, 60) },
  {
    head: 'Kind',
    cell: ({ software }) => (software ? html`<strong class="bad">${kindOfDevice(software)}</strong>` : kindOfDevice(software)),
  },
  { head: 'Its time is known by', cell: ({ timing }) => timingText(timing) },
];

function restPart({ memory, clock, losses, errors, dropped }: GpuUse, page: PageContext): Html {
  const messages = [...losses.map((text) => `Lost: ${inertText(text, 200)}`), ...errors.map((text) => inertText(text, 200))];
  const facts: readonly (readonly [string, string])[] = [
    [
      'GPU memory',
      memory
        ? `${formatBytes(memory.peakBytes)} in the page’s buffers at the most, ${formatBytes(memory.heldBytes)} in the end`
        : 'not told: the API does not say what its objects hold',
    ],
    ['Clock', clockText(clock)],
    [
      'Left out',
      dropped > 0
        ? `${formatPlural(dropped, 'call')} not written down, as there were too many: counts above are too low`
        : 'no call',
    ],
    [
      'Complaints',
      messages.length === 0 ? 'none: no device lost, nothing that validation refused' : formatPlural(messages.length, 'message'),
    ],
  ];
  return html`${page.subheading('Memory, clock and complaints')}
<dl class="facts">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${prose(text)}</dd></div>`)}</dl>
${messages.length > 0 ? html`<ul>${messages.slice(0, MOST_MESSAGES).map((text) => html`<li>${name(text, 220)}</li>`)}</ul>` : null}
${messages.length > MOST_MESSAGES ? html`<p class="more">${formatPlural(messages.length - MOST_MESSAGES, 'more message')} left out.</p>` : null}`;
}

function clockText(clock: GpuUse['clock']): string {
  if (!clock) return 'the device told no moments, only lengths or nothing: its work has no place on the timeline';
  if (clock.errorMs === null) return 'laid on the trace’s clock, how well is unknown';
  return `the device’s moments are known on the trace’s clock to ${formatMs(clock.errorMs)}`;
}

/**
 * What the page asked of the GPU in set-up, warm-up and a prediction, and how long the page, the GPU process and the device were
 * busy.
 */
function gpuPhasesTable(gpu: GpuUse): Html {
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

/** A mean over few windows may be fractional. */
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

/** Warm-up and a prediction, both by cause and on one time axis. Null where the trace has no warm-up. */
function gpuWarmup({ partition, gpu }: Analysis, page: PageContext): Html | null {
  const warmup = gpu?.phases.warmup;
  if (!partition?.warmup || !warmup) return null;
  const causes = partition.warmup;
  const lengthMs = causes.reduce((sum, { medianMs }) => sum + medianMs, 0);
  const own = [...causes].filter(({ id }) => familyOf(id) === 'gpu').sort((a, b) => b.share - a.share);
  const parts = own
    .filter(({ share }) => share >= 0.005)
    .slice(0, 5)
    .map(
      ({ id, title, medianMs, share }) =>
        `${inertText(title, 60)} (${inertText(id, 40)}) ${formatMs(medianMs)}, ${formatShare(share)}`,
    );
  const asked = [
    `${formatPlural(warmup.programs, 'program')} made`,
    `${formatBytes(warmup.uploadBytes)} uploaded`,
    warmup.roundTrips > 0
      ? `${formatPlural(warmup.roundTrips, 'round trip')} that took ${formatMs(warmup.roundTripMs)} of the page’s thread`
      : 'no round trip',
  ];
  const first = `The first inference under the trace takes ${formatMs(lengthMs)}`;
  const sentence = `${first}${parts.length > 0 ? `. The GPU’s part in it: ${parts.join('; ')}` : ''}. In it: ${asked.join(', ')}.${timedWarmups(gpu.warmupsMs)}`;
  const seen = [...new Set([...causes, ...partition.causes].filter(({ share }) => share >= 0.005).map(({ id }) => id))].slice(
    0,
    20,
  );
  const rows = [
    { label: 'warm-up', causes, length: lengthMs },
    { label: 'prediction', causes: partition.causes, length: partition.windowMedianMs },
  ];
  const legend = html`<ul class="legend">${seen.map((id) => html`<li>${swatch(id)}${inertText(id, 40)}</li>`)}</ul>`;
  return html`${page.subheading('Why the first inference takes longer')}
<p>${prose(sentence)}</p>
${page.figure(partitionChart(rows, 'ms', `Warm-up of ${formatMs(lengthMs)} beside a prediction of ${formatMs(partition.windowMedianMs)}, by cause.`), legend)}`;
}

/**
 * Compares the first page of a new browser with later ones: the difference is what the browser had cached. Empty with fewer than
 * two.
 */
function timedWarmups([first, ...later]: readonly number[]): string {
  if (first === undefined || later.length === 0) return '';
  const [low, high] = [min(later), max(later)];
  const others = later.length === 1 ? formatMs(low) : `${formatMs(low)} to ${formatMs(high)}`;
  return ` Timed without recording, the first page of a new browser took ${formatMs(first)} for it, later pages of that browser ${others}.`;
}

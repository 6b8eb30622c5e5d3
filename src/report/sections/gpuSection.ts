import type { GpuDevice, GpuUse } from '../../../analyzers/analysis.js';
import { inertText } from '../../text/inertText.js';
import { formatBytes, formatMs, formatPlural, MISSING } from '../format.js';
import { apiName, gpuDevice, kindOfDevice } from '../gpuDevice.js';
import { gpuSentences, timingText } from '../gpuWords.js';
import { type Html, html, prose } from '../html.js';
import { type Column, dataTable } from './dataTable.js';
import { gpuCallsTable } from './gpuCallsTable.js';
import { gpuPhasesTable } from './gpuPhasesTable.js';
import { gpuProgramsTable } from './gpuProgramsTable.js';
import { gpuWarmup } from './gpuWarmup.js';
import { name } from './names.js';
import type { PageContext, Section } from './section.js';

const MOST_MESSAGES = 12;
const MOST_DEVICES = 8;

/** What the page asked of the GPU: device, work by phase, warm-up, and the ledgers of programs and of calls. */
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

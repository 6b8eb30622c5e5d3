import { type Block, type Column, heading, type Line, lead, line, list, paragraph, table } from '../../src/view/block.js';
import { formatBytes, formatMs, formatName, formatPlural, formatShare } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import { familyOf } from '../partition/causes/index.js';
import type { CauseTime } from '../partition/partition.js';
import { callBlocks } from './callsView.js';
import type { GpuDevice, GpuUse } from './gpuUse.js';
import type { GpuPhase } from './phases.js';
import { phaseBlocks } from './phasesView.js';
import { programBlocks } from './programsView.js';
import { warmupBlocks } from './warmupView.js';
import {
  abstraction,
  apiName,
  computed,
  costliestWait,
  gpuDevice,
  gpuSentences,
  gpuStoodIdle,
  isByPromise,
  type KnownOfGpu,
  kindOfDevice,
  partsText,
  type RanOn,
  siteText,
} from './words.js';

/** What the page asked of the GPU: device, work by phase, warm-up, programs and calls. */
export const view: View<KnownOfGpu> = {
  id: 'gpu',
  title: 'GPU',
  words: {
    'Software rendering': 'The CPU does the work of a GPU: times are those of this CPU, and tell nothing about a GPU.',
    'Device computed': 'The device’s own time in the passes of a prediction, on its own clock.',
    'GPU abstraction':
      'Time to get work to the device and results back: recording, the way to the GPU process, checking, compiling shaders, waiting, and moving bytes.',
    Submission: 'A call that hands recorded commands over.',
    Dispatch: 'One start of a shader over its data, or one draw.',
    Program: 'A shader, a linked program or a pipeline: what the device must be given in its own machine code.',
    'Upload, read-back': 'Bytes from the page to the GPU, and from there to the page.',
    'Round trip': 'The page asks, and goes on when the GPU process or the device has answered.',
  },
  blocks(known) {
    const { gpu, partition } = known;
    const ran = gpuDevice(known);
    if (!ran) return [];
    if (!gpu) return [lead(noLogSentence(ran))];
    const [first] = gpuSentences(known);
    return [
      ...(first ? [lead(first)] : []),
      gpu.devices.length > 0
        ? table('Devices that the page opened', deviceColumns, gpu.devices, DEVICES_SHOWN)
        : paragraph('The page was told of no device.'),
      ...phaseBlocks(gpu.phases),
      ...warmupBlocks(partition, gpu),
      ...programBlocks(gpu.programs),
      ...callBlocks(gpu),
      ...restBlocks(gpu),
    ];
  },
  /** At most five lines: the device, what it computed, which line waited, what was asked of it, and the warm-up. */
  brief(known) {
    const ran = gpuDevice(known);
    if (!ran) return [];
    return gpuStoodIdle(known) ? [{ ...deviceLine(ran), tone: 'aside' }] : [deviceLine(ran), ...workLines(known)];
  },
};

const DEVICES_SHOWN = 8;
const MESSAGES_SHOWN = 12;
/** The warm-up gets its own line if the GPU’s causes take this share of it. */
const MIN_WARMUP_SHARE = 0.1;

const noLogSentence = ({ api, name, software }: RanOn): string =>
  `${api} on ${name}: ${kindOfDevice(software)}. No log of the page’s GPU calls was kept, so there is nothing to list.`;

const deviceColumns: readonly Column<GpuDevice>[] = [
  { id: 'device', head: 'Device', kind: 'text', limit: 160, value: ({ description }) => description || null },
  { id: 'api', head: 'API', kind: 'text', value: ({ api }) => apiName(api) },
  { id: 'vendor', head: 'Vendor', kind: 'text', limit: 60, value: ({ vendor }) => vendor || null },
  { id: 'architecture', head: 'Architecture', kind: 'text', limit: 60, value: ({ architecture }) => architecture || null },
  {
    id: 'kind',
    head: 'Kind',
    kind: 'text',
    value: ({ software }) => kindOfDevice(software),
    doubt: ({ software }) => (software ? 'Times are those of this CPU, and tell nothing about a GPU.' : null),
  },
  { id: 'timing', head: 'Its time is known by', kind: 'text', value: ({ timing }) => timingText(timing) },
];

/** How the device’s time is known. */
function timingText(timing: GpuDevice['timing']): string {
  if (timing === 'timestamps') return 'timestamps of each pass';
  if (timing === 'elapsed') return 'length of stretches of draws, pauses between them included';
  return 'not told';
}

function restBlocks({ memory, clock, losses, errors, dropped }: GpuUse): Block[] {
  const messages = [...losses.map((text) => `Lost: ${text}`), ...errors];
  const left = `${formatPlural(dropped, 'call')} not written down, as there were too many: counts above are too low`;
  const complaints = messages.length === 0 ? 'none: no device lost, nothing that validation refused' : null;
  return [
    heading('Memory, clock and complaints'),
    list([
      `GPU memory: ${memoryText(memory)}`,
      `Clock: ${clockText(clock)}`,
      `Left out: ${dropped > 0 ? left : 'no call'}`,
      `Complaints: ${complaints ?? formatPlural(messages.length, 'message')}`,
    ]),
    ...(messages.length > 0 ? [table('Complaints', messageColumns, messages, MESSAGES_SHOWN)] : []),
  ];
}

const messageColumns: readonly Column<string>[] = [
  { id: 'message', head: 'Message', kind: 'text', limit: 220, value: (text) => text },
];

function memoryText(memory: GpuUse['memory']): string {
  return memory
    ? `${formatBytes(memory.peakBytes)} in the page’s buffers at the most, ${formatBytes(memory.heldBytes)} in the end`
    : 'not told: the API does not say what its objects hold';
}

function clockText(clock: GpuUse['clock']): string {
  if (!clock) return 'the device told no moments, only lengths or nothing: its work has no place on the timeline';
  if (clock.errorMs === null) return 'laid on the trace’s clock, how well is unknown';
  return `the device’s moments are known on the trace’s clock to ${formatMs(clock.errorMs)}`;
}

const deviceLine = ({ name, software, api }: RanOn): Line => ({
  ...line('GPU', `${name}, ${kindOfDevice(software)}, ${api}`),
  tone: software ? 'doubt' : 'plain',
});

function workLines(known: KnownOfGpu): Line[] {
  const { gpu, partition } = known;
  const phase = gpu?.phases.predictions ?? null;
  const wait = phase && gpu ? costliestWait(gpu) : null;
  const warmup = warmupText(partition?.warmup ?? []);
  return [
    line('Computed', computedText(known)),
    ...(wait
      ? [
          line(
            isByPromise(wait.call) ? 'Waits at' : 'Blocked at',
            `${formatName(wait.call, 30)} ${formatMs(wait.perPrediction.ms)}, ${siteText(wait.site)}`,
          ),
        ]
      : []),
    ...(phase ? [line('Asked', askedText(phase))] : []),
    ...(warmup ? [line('Warm-up', warmup)] : []),
  ];
}

function computedText(analysis: KnownOfGpu): string {
  const known = computed(analysis);
  const time = known
    ? `${formatMs(known.deviceMs)} of a traced prediction${known.share === null ? ` of ${formatMs(known.windowMs)}, overlapping` : ` (${formatShare(known.share)})`}`
    : 'not told by the device';
  const found = abstraction(analysis.partition?.causes);
  if (!found) return time;
  const parts = partsText(found.parts, 3);
  return `${time} · abstraction ${formatShare(found.share)}${parts ? ` (${parts})` : ''}`;
}

function askedText({ submissions, dispatches, programs, uploads, uploadBytes, readbacks, roundTrips }: GpuPhase): string {
  const count = (value: number, noun: string): string => formatPlural(Math.round(value), noun);
  return [
    `${count(dispatches, 'dispatch')} in ${count(submissions, 'submission')}`,
    count(roundTrips, 'round trip'),
    count(readbacks, 'read-back'),
    ...(programs > 0 ? [count(programs, 'program')] : []),
    `${count(uploads, 'upload')} ${formatBytes(uploadBytes)}`,
  ].join(' · ');
}

function warmupText(causes: readonly CauseTime[]): string | null {
  const own = causes.filter(({ id, share }) => familyOf(id) === 'gpu' && share >= 0.005);
  if (own.reduce((sum, { share }) => sum + share, 0) < MIN_WARMUP_SHARE) return null;
  const sorted = [...own].sort((a, b) => b.share - a.share);
  return sorted.map(({ id, ms }) => `${formatName(id, 24)} ${formatMs(ms)}`).join(' · ');
}

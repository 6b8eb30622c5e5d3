import type { GpuPhase } from '../../../analyzers/gpu/phases.js';
import {
  abstraction,
  computed,
  costliestWait,
  gpuDevice,
  gpuStoodIdle,
  isByPromise,
  kindOfDevice,
  partsText,
  siteText,
} from '../../../analyzers/gpu/words.js';
import type { Analysis } from '../../../analyzers/index.js';
import { familyOf } from '../../../analyzers/partition/causes/index.js';
import type { CauseTime } from '../../../analyzers/partition/partition.js';
import { inertText } from '../../text/inertText.js';
import { formatBytes, formatMs, formatPlural, formatShare } from '../../view/format.js';
import { cell, clip, type Screen } from './screen.js';

const LABEL_COLUMNS = 12;
/** The warm-up gets its own line if the GPU’s causes take this share of it. */
const MIN_WARMUP_SHARE = 0.1;

/** At most five lines of a GPU run: the device, what it computed, which line waited, what was asked of it, and the warm-up. */
export function gpuLines(analysis: Analysis, { paint, width }: Screen): string[] {
  const ran = gpuDevice(analysis);
  if (!ran) return [];
  const row = (label: string, text: string): string => `${cell(label, LABEL_COLUMNS)}${clip(text, width - LABEL_COLUMNS)}`;
  const device = row('GPU', `${ran.name}, ${kindOfDevice(ran.software)}, ${ran.api}`);
  if (gpuStoodIdle(analysis)) return [paint.dim(device)];
  const phase = analysis.gpu?.phases.predictions ?? null;
  const wait = phase && analysis.gpu ? costliestWait(analysis.gpu) : null;
  const asked = phase && askedText(phase);
  const warmup = warmupText(analysis.partition?.warmup ?? null);
  return [
    ran.software ? paint.yellow(device) : device,
    row('Computed', computedText(analysis)),
    ...(wait
      ? [
          row(
            isByPromise(wait.call) ? 'Waits at' : 'Blocked at',
            `${inertText(wait.call, 30)} ${formatMs(wait.perPrediction.ms)}, ${siteText(wait.site)}`,
          ),
        ]
      : []),
    ...(asked ? [row('Asked', asked)] : []),
    ...(warmup ? [row('Warm-up', warmup)] : []),
  ];
}

function computedText(analysis: Analysis): string {
  const known = computed(analysis);
  const time = known
    ? `${formatMs(known.deviceMs)} of a traced prediction${known.share === null ? ` of ${formatMs(known.windowMs)}, overlapping` : ` (${formatShare(known.share)})`}`
    : 'not told by the device';
  const found = abstraction(analysis.partition?.causes);
  if (!found) return time;
  const parts = partsText(found.parts, 3);
  return `${time} · abstraction ${formatShare(found.share)}${parts ? ` (${parts})` : ''}`;
}

function askedText(phase: GpuPhase): string {
  const { submissions, dispatches, programs, uploads, uploadBytes, readbacks, roundTrips } = phase;
  const count = (value: number, noun: string): string => formatPlural(Math.round(value), noun);
  return [
    `${count(dispatches, 'dispatch')} in ${count(submissions, 'submission')}`,
    count(roundTrips, 'round trip'),
    count(readbacks, 'read-back'),
    ...(programs > 0 ? [count(programs, 'program')] : []),
    `${count(uploads, 'upload')} ${formatBytes(uploadBytes)}`,
  ].join(' · ');
}

function warmupText(causes: readonly CauseTime[] | null): string | null {
  const own = (causes ?? []).filter(({ id, share }) => familyOf(id) === 'gpu' && share >= 0.005);
  if (own.reduce((sum, { share }) => sum + share, 0) < MIN_WARMUP_SHARE) return null;
  const sorted = [...own].sort((a, b) => b.share - a.share);
  return sorted.map(({ id, medianMs }) => `${inertText(id, 24)} ${formatMs(medianMs)}`).join(' · ');
}

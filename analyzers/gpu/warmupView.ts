import { max, min } from 'simple-statistics';
import { type Block, figure, heading, paragraph } from '../../src/view/block.js';
import { formatBytes, formatMs, formatPlural, formatShare } from '../../src/view/format.js';
import { causePaint, familyOf } from '../partition/causes/index.js';
import type { CauseTime, Partition } from '../partition/partition.js';
import { partitionChart } from '../partition/partitionChart.js';
import type { GpuUse } from './gpuUse.js';
import type { GpuPhase } from './phases.js';

/** A cause with less than this share is not mentioned. */
const MIN_SHARE = 0.005;
const CAUSES_TOLD = 5;
const CAUSES_IN_LEGEND = 20;

/** Warm-up and a prediction, both by cause and on one time axis. Empty where the trace has no warm-up. */
export function warmupBlocks(partition: Partition | null, { phases, warmupsMs }: GpuUse): Block[] {
  if (!partition?.warmup || !phases.warmup) return [];
  const causes = partition.warmup;
  const lengthMs = causes.reduce((sum, { ms }) => sum + ms, 0);
  const seen = new Set([...causes, ...partition.causes].filter(({ share }) => share >= MIN_SHARE).map(({ id }) => id));
  const legend = [...seen].slice(0, CAUSES_IN_LEGEND).map((id) => ({ fill: causePaint(id).fill, text: id }));
  const rows = [
    { label: 'warm-up', causes, length: lengthMs },
    { label: 'prediction', causes: partition.causes, length: partition.typical.ms },
  ];
  const alt = `Warm-up of ${formatMs(lengthMs)} beside a prediction of ${formatMs(partition.typical.ms)}, by cause.`;
  return [
    heading('Why the first inference takes longer'),
    paragraph(`${causesText(causes, lengthMs)} In it: ${askedText(phases.warmup)}.${timedWarmups(warmupsMs)}`),
    figure(partitionChart(rows, 'ms', alt), null, legend),
  ];
}

function causesText(causes: readonly CauseTime[], lengthMs: number): string {
  const parts = causes
    .filter(({ id, share }) => familyOf(id) === 'gpu' && share >= MIN_SHARE)
    .sort((a, b) => b.share - a.share)
    .slice(0, CAUSES_TOLD)
    .map(({ id, title, ms, share }) => `${title} (${id}) ${formatMs(ms)}, ${formatShare(share)}`);
  const ofGpu = parts.length > 0 ? `. The GPU’s part in it: ${parts.join('; ')}` : '';
  return `The first inference under the trace takes ${formatMs(lengthMs)}${ofGpu}.`;
}

function askedText({ programs, uploadBytes, roundTrips, roundTripMs }: GpuPhase): string {
  return [
    `${formatPlural(programs, 'program')} made`,
    `${formatBytes(uploadBytes)} uploaded`,
    roundTrips > 0
      ? `${formatPlural(roundTrips, 'round trip')} that took ${formatMs(roundTripMs)} of the page’s thread`
      : 'no round trip',
  ].join(', ');
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

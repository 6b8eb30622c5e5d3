import { formatBytes, formatMs, percent, plural } from '../../src/view/format.js';
import type { Growth } from './growth.js';
import type { InferenceMemory } from './inferenceMemory.js';
import type { MainThread } from './mainThread.js';

/** How long the main thread is blocked: "blocked for 812 ms per inference, … : it cannot answer input meanwhile." */
export function blockedText({
  longTasks,
  longestMs,
  inferences,
  blockedInferences,
  blockedMedianMs,
  blockedShare,
}: MainThread): string {
  const long =
    blockedMedianMs > 0
      ? `for ${formatMs(blockedMedianMs)} per inference, ${percent(blockedShare)} of the inferences’ time`
      : `in ${blockedInferences} of ${plural(inferences, 'inference')}`;
  return `blocked ${long} (${plural(longTasks, 'task')} of 50 ms and more, the longest ${formatMs(longestMs)}): it cannot answer input meanwhile.`;
}

/** What helps; the thread that is blocked may be another one than infers. */
export const blockedAdvice = ({ infers }: MainThread): string =>
  infers ? 'Run the model in a worker.' : 'Inferences run on another thread: it is other work of the page.';

interface Growing {
  readonly title: string;
  readonly why: string;
}

const GROWING: Readonly<Record<InferenceMemory['of'], Growing>> = {
  wasm: { title: 'Wasm memory', why: 'what inferences allocate in it is not freed' },
  gpu: { title: 'GPU memory', why: 'buffers or textures that inferences make are not freed' },
  heap: {
    title: 'JavaScript heap',
    why: 'objects or array buffers that inferences make are still held',
  },
};

export const memoryTitle = ({ of }: Pick<InferenceMemory, 'of'>): string => GROWING[of].title;

/** "grows by 1.05 MB per inference (95 % 1.04 MB to 1.06 MB), from … over 120 inferences: a leak, as …" */
export function growthText({ of, count, firstBytes, lastBytes }: InferenceMemory, growth: Growth): string {
  return `grows by ${formatBytes(growth.bytesPerInference)} per inference (${ends(growth)}), from ${formatBytes(firstBytes)} to ${formatBytes(lastBytes)} over ${plural(count, 'inference')}: a leak, as ${GROWING[of].why}.`;
}

/** The same behind the amount, for a line. */
export const leakText = ({ of }: Pick<InferenceMemory, 'of'>, growth: Growth): string =>
  `per inference (${ends(growth)}): a leak, as ${GROWING[of].why}`;

const ends = ({ ci95Bytes: [low, high] }: Growth): string => `95 % ${formatBytes(low)} to ${formatBytes(high)}`;

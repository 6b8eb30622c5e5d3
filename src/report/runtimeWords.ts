import type { Workers } from '../../analyzers/contention/workers.js';
import { formatMs, formatPlural, formatShare } from '../view/format.js';

/** How evenly the work was split: one sentence. */
export function workersSentence({ threads, threadsLeftOut, imbalance, ownerWaitedMs }: Workers): string {
  const count = threads.length + threadsLeftOut;
  const split = imbalance === null ? '' : `; the busiest worked ${formatShare(imbalance)} more than the mean`;
  return `${formatPlural(count, 'thread')} computed in a prediction${split}, and the owner waited ${formatMs(ownerWaitedMs)} of it for the others, asleep or polling.`;
}

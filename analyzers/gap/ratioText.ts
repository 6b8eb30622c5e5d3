import { formatRatio } from '../../src/view/format.js';
import type { Gap } from './gap.js';

/** A ratio so near to 1 is none in words. */
const ALIKE = 0.98;

/** What the ratio of a gap is of: "browser over native". Of one below 1 that it is no mistake, too. */
export function ratioText(gap: Pick<Gap, 'ratio' | 'baseline'>): string {
  const why = belowOneText(gap);
  return `browser over native${why === null ? '' : `: ${why}`}`;
}

/** "here native is slower, 8.26×, as it computes by software rendering"; null where the ratio is not below 1. */
export function belowOneText({ ratio, baseline }: Pick<Gap, 'ratio' | 'baseline'>): string | null {
  return ratio > 0 && ratio < ALIKE ? `here native is slower, ${formatRatio(1 / ratio)}${whySlower(baseline)}` : null;
}

function whySlower(baseline: string): string {
  if (/\(software/.test(baseline)) return ', as it computes by software rendering';
  return /\bWebGPU\b/.test(baseline) ? ', on the same device with another API' : '';
}

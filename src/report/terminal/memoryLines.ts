import type { Analysis } from '../../../analyzers/index.js';
import { inertText } from '../../text/inertText.js';
import { formatBytes, formatRatio } from '../../view/format.js';
import { clip, type Screen } from './screen.js';

/** One line: what the page held at the most, how often the model's size that is, and when; and what tensors were alive. */
export function memoryLines({ memory }: Analysis, { width }: Screen): string[] {
  if (!memory?.held) return [];
  const { held, live } = memory;
  const alive = live ? ` · living tensors ${formatBytes(live.peakBytes)} (${formatRatio(live.ratio)})` : '';
  const phase = inertText(held.phase, 24);
  return [
    clip(`Memory      held ${formatBytes(held.peakBytes)} (${formatRatio(held.ratio)} the model, ${phase})${alive}`, width),
  ];
}

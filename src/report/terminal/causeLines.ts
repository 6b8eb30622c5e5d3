import stringWidth from 'string-width';
import type { Analysis } from '../../../analyzers/analysis.js';
import { formatMs, formatPlural, formatShare } from '../format.js';
import { inertText } from '../inertText.js';
import { causeBar, causeFilling } from './causeBar.js';
import { cell, clip, type Screen } from './screen.js';

const MOST_CAUSES = 7;

/** The partition as one bar, and a line per cause with its share and time. */
export function causeLines({ partition }: Analysis, screen: Screen): string[] {
  if (!partition || partition.causes.length === 0) return [];
  const { paint, width } = screen;
  const head = `Where the time goes: ${formatPlural(partition.windows, 'traced window')}, median ${formatMs(partition.windowMedianMs)}`;
  const shown = partition.causes.slice(0, partition.causes.length > MOST_CAUSES ? MOST_CAUSES - 1 : MOST_CAUSES);
  const hidden = partition.causes.slice(shown.length);
  const idColumns = Math.min(24, width - 25, Math.max(...shown.map((cause) => stringWidth(inertText(cause.id, 40)))));
  const lines = shown.map((cause, place) => {
    const filling = causeFilling(cause, place, screen)(2);
    const numbers = `${cell(formatShare(cause.share), 9, 'right')} ${cell(formatMs(cause.medianMs), 10, 'right')}`;
    const id = cell(inertText(cause.id, 40), idColumns);
    return `${filling}${numbers}  ${id} ${paint.dim(clip(inertText(cause.title), Math.max(0, width - 25 - idColumns)))}`.trimEnd();
  });
  if (hidden.length > 0) {
    const share = hidden.reduce((sum, cause) => sum + cause.share, 0);
    lines.push(
      paint.dim(clip(`  ${cell(formatShare(share), 9, 'right')} ${' '.repeat(10)}  ${hidden.length} smaller causes`, width)),
    );
  }
  return [paint.bold(clip(head, width)), causeBar(partition.causes, width, screen), ...lines];
}

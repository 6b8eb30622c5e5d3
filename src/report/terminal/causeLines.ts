import stringWidth from 'string-width';
import type { Analysis, CauseTime } from '../../../analyzers/analysis.js';
import { inertText } from '../../text/inertText.js';
import { formatMs, formatPlural, formatShare } from '../format.js';
import { causeBar, causeFilling } from './causeBar.js';
import { cell, clip, type Screen } from './screen.js';

const MOST_CAUSES = 7;
const isUnclaimed = (cause: CauseTime) => cause.id === 'unattributed';

/** The partition as one bar, and a line per cause with its share and time. */
export function causeLines({ partition }: Analysis, screen: Screen): string[] {
  if (!partition || partition.causes.length === 0) return [];
  const { paint, width } = screen;
  const head = `Where the time goes: ${formatPlural(partition.windows, 'traced window')}, median ${formatMs(partition.windowMedianMs)}`;
  const [claimed, unclaimed] = [partition.causes.filter((cause) => !isUnclaimed(cause)), partition.causes.filter(isUnclaimed)];
  const room = MOST_CAUSES - unclaimed.length;
  const shown = claimed.slice(0, claimed.length > room ? room - 1 : room);
  const hidden = claimed.slice(shown.length);
  const idColumns = Math.min(24, width - 25, Math.max(...partition.causes.map((cause) => stringWidth(inertText(cause.id, 40)))));
  const line = (cause: CauseTime) => {
    const filling = causeFilling(cause, partition.causes.indexOf(cause), screen)(2);
    const numbers = `${cell(formatShare(cause.share), 9, 'right')} ${cell(formatMs(cause.medianMs), 10, 'right')}`;
    const id = cell(inertText(cause.id, 40), idColumns);
    return `${filling}${numbers}  ${id} ${paint.dim(clip(inertText(cause.title), Math.max(0, width - 26 - idColumns)))}`.trimEnd();
  };
  const lines = shown.map(line);
  if (hidden.length > 0) {
    const share = hidden.reduce((sum, cause) => sum + cause.share, 0);
    const smaller = `  ${cell(formatShare(share), 9, 'right')} ${' '.repeat(10)}  ${formatPlural(hidden.length, 'smaller cause')}`;
    lines.push(paint.dim(clip(smaller, width)));
  }
  lines.push(...unclaimed.map(line));
  return [paint.bold(clip(head, width)), causeBar(partition.causes, width, screen), ...lines];
}

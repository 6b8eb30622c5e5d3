import stringWidth from 'string-width';
import type { Analysis } from '../../../analyzers/index.js';
import { families, familyOf } from '../../../analyzers/partition/causes/index.js';
import { type CauseTime, typicalText } from '../../../analyzers/partition/partition.js';
import { inertText } from '../../text/inertText.js';
import { formatMs, formatPlural, formatShare } from '../../view/format.js';
import { cell, clip, type Screen } from './screen.js';

const MOST_CAUSES = 7;
const isUnclaimed = (cause: CauseTime) => cause.id === 'unattributed';

/** The partition as one bar, and a line per cause with its share and time. */
export function causeLines({ partition }: Analysis, screen: Screen): string[] {
  if (!partition || partition.causes.length === 0) return [];
  const { paint, width } = screen;
  const head = `Where the time goes: ${formatMs(partition.typical.ms)}, ${typicalText(partition)}`;
  const [claimed, unclaimed] = [partition.causes.filter((cause) => !isUnclaimed(cause)), partition.causes.filter(isUnclaimed)];
  const room = MOST_CAUSES - unclaimed.length;
  const shown = claimed.slice(0, claimed.length > room ? room - 1 : room);
  const hidden = claimed.slice(shown.length);
  const idColumns = Math.min(24, width - 25, Math.max(...partition.causes.map((cause) => stringWidth(inertText(cause.id, 40)))));
  const line = (cause: CauseTime) => {
    const filling = causeFilling(cause, partition.causes.indexOf(cause), screen)(2);
    const numbers = `${cell(formatShare(cause.share), 9, 'right')} ${cell(formatMs(cause.ms), 10, 'right')}`;
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

/** Fill characters that differ without colour, dense first; further causes share the last one. */
const FILLINGS = ['█', '▓', '▒', '░', '▚', '▞', '·'] as const;

/** The fill of the cause at this index of the partition, coloured by its family. */
function causeFilling(cause: CauseTime, place: number, { paint }: Screen): (count: number) => string {
  const filling = cause.id === 'unattributed' ? '·' : FILLINGS[Math.min(place, FILLINGS.length - 2)]!;
  const family = familyOf(cause.id);
  const colour = paint[family === null ? 'gray' : families[family].terminal];
  return (count) => (count > 0 ? colour(filling.repeat(count)) : '');
}

/** One row of the given width, split among the causes by share; causes that round to nothing are left out. */
export function causeBar(causes: readonly CauseTime[], columns: number, screen: Screen): string {
  let sum = 0;
  let drawn = 0;
  let bar = '';
  for (const [place, cause] of causes.entries()) {
    sum += Math.max(0, cause.share) || 0;
    const until = Math.min(columns, Math.round(sum * columns));
    bar += causeFilling(cause, place, screen)(until - drawn);
    drawn = Math.max(drawn, until);
  }
  return bar;
}

import pc from 'picocolors';
import stringWidth from 'string-width';
import type { Analysis } from '../../../analyzers/index.js';
import { quotedPrediction } from '../../../analyzers/latency/quotedPrediction.js';
import { families, familyOf } from '../../../analyzers/partition/causes/index.js';
import { type CauseTime, typicalText } from '../../../analyzers/partition/partition.js';
import { inertText } from '../../text/inertText.js';
import { formatMs, formatPlural, formatShare } from '../../view/format.js';
import { mainCauses } from '../answer.js';
import { cell, clip, type Screen, wrap } from './screen.js';

/** A bar is no longer, however wide the screen is. */
const BAR_COLUMNS = 100;
const SHARE_COLUMNS = 20;
/** Where the traced predictions differ by more than this part from the timed ones, it is said what shares are of. */
const APART = 0.1;
/** Before a cause's name: share and time. */
const NUMBERS_COLUMNS = 22;

/** The causes that take most of the time, a line each with its share of a prediction, its time and a bar; the others as a sum. */
export function shareLines(analysis: Analysis, given: Screen): string[] {
  const { partition, validity } = analysis;
  if (!partition) return [];
  const isVoid = validity?.verdict === 'void';
  const screen = isVoid ? { ...given, paint: colourless } : given;
  const { paint, width } = given;
  const main = mainCauses(partition.causes);
  const names = main.map(({ title }) => inertText(title));
  const longest = Math.max(0, ...names.map((name) => stringWidth(name)));
  const columns = Math.min(longest, width - NUMBERS_COLUMNS - SHARE_COLUMNS - 2);
  const lines = main.map((cause, place) => {
    const bar = causeFilling(cause, 0, screen)(Math.round(cause.share * SHARE_COLUMNS));
    const line = `${numbers(cause.share, cause.ms)}  ${cell(names[place]!, columns)}  ${bar}`.trimEnd();
    return isVoid ? paint.dim(line) : line;
  });
  const quotedMs = quotedPrediction(analysis)?.prediction.medianMs ?? partition.typical.ms;
  if (lines.length > 0 && Math.abs(partition.typical.ms / quotedMs - 1) > APART)
    lines.unshift(paint.dim(clip(`Of ${formatMs(partition.typical.ms)}, a typical one under the trace:`, width)));
  const others = partition.causes.filter((cause) => !main.includes(cause));
  if (others.length === 0 || main.length === 0) return lines;
  const rest = others.reduce((sum, { share }) => sum + share, 0);
  return [...lines, paint.dim(`${numbers(rest, null)}  ${formatPlural(others.length, 'smaller cause')}`)];
}

const colourless = pc.createColors(false);

const numbers = (share: number, ms: number | null): string =>
  `${cell(formatShare(share), 9, 'right')} ${ms === null ? ' '.repeat(10) : cell(formatMs(ms), 10, 'right')}`;

/** The whole partition as one bar, and a line per cause with its share, time and id. */
export function causeLines({ partition }: Analysis, screen: Screen): string[] {
  if (!partition || partition.causes.length === 0) return [];
  const { paint, width } = screen;
  const head = `Where the time goes: ${formatMs(partition.typical.ms)}, ${typicalText(partition)}`;
  const ids = partition.causes.map(({ id }) => inertText(id, 40));
  const idColumns = Math.max(...ids.map((id) => stringWidth(id)));
  const lines = partition.causes.map((cause, place) => {
    const filling = causeFilling(cause, place, screen)(2);
    const id = cell(ids[place]!, Math.min(idColumns, width - NUMBERS_COLUMNS - 3));
    const title = clip(inertText(cause.title), Math.max(0, width - NUMBERS_COLUMNS - 5 - idColumns));
    return `${filling}${numbers(cause.share, cause.ms)}  ${id} ${paint.dim(title)}`.trimEnd();
  });
  return [...wrap(head, width).map(paint.bold), causeBar(partition.causes, Math.min(width, BAR_COLUMNS), screen), ...lines];
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

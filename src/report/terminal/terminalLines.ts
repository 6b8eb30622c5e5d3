import stringWidth from 'string-width';
import type { Analysis } from '../../../analyzers/index.js';
import { inertText } from '../../text/inertText.js';
import type { Line } from '../../view/block.js';
import type { View } from '../../view/view.js';
import { cell, clip, type Screen } from './screen.js';
import { terminalBlocks } from './terminalBlocks.js';

/** With the space after it. A longer label has room, so that all of a view stand in columns. */
const LABEL_COLUMNS = 12;
const MOST_LABEL_COLUMNS = 24;
const VALUE_COLUMNS = 10;
/** Maximum length of a line's text before it is cut to the screen. */
const TEXT_LIMIT = 400;

/** A view in brief, as a part of the screen. */
export function partOf({ brief, briefTable }: View<Analysis>): (analysis: Analysis, screen: Screen) => string[] {
  return (analysis, screen) => {
    const table = briefTable?.(analysis) ?? null;
    return [...(table ? terminalBlocks([table], screen) : []), ...terminalLines(brief(analysis), screen)];
  };
}

/**
 * Lines of a view, with labels, numbers and texts in columns. None is wider than the screen, and every text is made inert here.
 */
export function terminalLines(lines: readonly Line[], { paint, width }: Screen): string[] {
  const widest = Math.max(0, ...lines.map(({ label }) => stringWidth(inertText(label ?? ''))));
  const columns = Math.min(Math.max(LABEL_COLUMNS, widest + 1), MOST_LABEL_COLUMNS);
  const paints: Readonly<Record<Line['tone'], (text: string) => string>> = {
    plain: (text) => text,
    aside: paint.dim,
    doubt: paint.yellow,
  };
  return lines.map(({ label, value, text, tone }) => {
    const shown = inertText(text, TEXT_LIMIT);
    const name = label === null ? '' : `${cell(inertText(label), columns - 1)} `;
    if (value === null) return paints[tone](clip(`${name}${shown}`, width));
    const more = clip(`  ${shown}`, width - columns - VALUE_COLUMNS);
    return `${name}${paint.bold(cell(inertText(value), VALUE_COLUMNS, 'right'))}${paint.dim(more)}`;
  });
}

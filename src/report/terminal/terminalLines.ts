import stringWidth from 'string-width';
import type { Analysis } from '../../../analyzers/index.js';
import { inertText } from '../../text/inertText.js';
import type { Line } from '../../view/block.js';
import type { View } from '../../view/view.js';
import { cell, type Screen, wrap, wrapBelow } from './screen.js';
import { terminalBlocks } from './terminalBlocks.js';

/** With the space after it. A longer label has room, so that all of a view stand in columns. */
const LABEL_COLUMNS = 12;
const MOST_LABEL_COLUMNS = 24;
const VALUE_COLUMNS = 10;
const GAP = 2;
/** Maximum length of a line's text. */
const TEXT_LIMIT = 2000;

/** A view in brief, as a part of the screen. */
export function partOf({ brief, briefTable }: View<Analysis>): (analysis: Analysis, screen: Screen) => string[] {
  return (analysis, screen) => {
    const table = briefTable?.(analysis) ?? null;
    return [...(table ? terminalBlocks([table], screen) : []), ...terminalLines(brief(analysis), screen)];
  };
}

/**
 * Lines of a view, with labels, numbers and texts in columns. What is too long for the screen goes on below, and every text is made
 * inert here.
 */
export function terminalLines(lines: readonly Line[], { paint, width }: Screen): string[] {
  const widest = Math.max(0, ...lines.map(({ label }) => stringWidth(inertText(label ?? ''))));
  const columns = Math.min(
    Math.max(LABEL_COLUMNS, widest + 1),
    Number.isFinite(width) ? MOST_LABEL_COLUMNS : widest + LABEL_COLUMNS,
  );
  const paints: Readonly<Record<Line['tone'], (text: string) => string>> = {
    plain: (text) => text,
    aside: paint.dim,
    doubt: paint.yellow,
  };
  return lines.flatMap(({ label, value, text, tone }) => {
    const shown = inertText(text, TEXT_LIMIT);
    const name = label === null ? '' : `${cell(inertText(label), columns - 1)} `;
    const indent = ' '.repeat(label === null ? 0 : columns);
    const number = value === null ? '' : inertText(value);
    const wide = Math.max(VALUE_COLUMNS, stringWidth(number));
    const left = width - columns - wide - GAP;
    // No number is so long, but what is handed in as one may be.
    if (value === null || left < VALUE_COLUMNS)
      return wrapBelow(`${name}${[number, shown].join(' ').trim()}`, width, indent).map(paints[tone]);
    const [first = '', ...others] = wrap(shown, left);
    return [
      `${name}${paint.bold(cell(number, wide, 'right'))}${paint.dim(first === '' ? '' : `  ${first}`)}`,
      ...others.map((line) => paint.dim(`${' '.repeat(columns + wide + GAP)}${line}`)),
    ];
  });
}

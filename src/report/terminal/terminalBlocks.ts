import stringWidth from 'string-width';
import { inertText } from '../../text/inertText.js';
import {
  type Block,
  type Cell,
  type ColumnHead,
  isText,
  type StepList,
  type Table,
  tableIn,
  type Verdict,
} from '../../view/block.js';
import { formatPlural, formatValue, leftOutText } from '../../view/format.js';
import { cell, clip, type Screen, wrap } from './screen.js';

/** Maximum length of the text in one cell. */
const CELL_LIMIT = 160;
/** Between columns, and of the narrowest column that is clipped. */
const GAP = 2;
const NARROWEST = 8;

/**
 * The blocks of a view for a terminal: no line is wider than the screen, and every text is made inert here. Figures are shown in
 * the page only.
 */
export function terminalBlocks(blocks: readonly Block[], screen: Screen): string[] {
  return blocks.flatMap((block) => {
    if (block.block === 'table') {
      const leftOut = leftOutText(block);
      return [
        ...tableLines(tableIn('terminal', block), screen),
        ...(leftOut === null ? [] : [screen.paint.dim(clip(leftOut, screen.width))]),
      ];
    }
    if (block.block === 'list') return block.items.flatMap((item) => wrap(`- ${inertText(item, 400)}`, screen.width, 2));
    if (block.block === 'steps') return stepLines(block, screen);
    if (block.block === 'verdict') return verdictLines(block, screen);
    if (block.block === 'heading') return [screen.paint.bold(clip(inertText(block.text), screen.width))];
    if (block.block !== 'paragraph') return [];
    const paint = block.tone === 'lead' ? screen.paint.yellow : screen.paint.dim;
    return wrap(inertText(block.text, 400), screen.width, 3).map(paint);
  });
}

/** Steps shown; the others are in the page. */
const MOST_STEPS = 3;
/** Before what belongs to a step, below its number. */
const INDENT = '   ';

/** A step: what to do, what it saves and who can do it, and its command. */
function stepLines({ steps }: StepList, { paint, width }: Screen): string[] {
  const below = (text: string, most: number): string[] =>
    wrap(inertText(text, 400), width - INDENT.length, most).map((line) => `${INDENT}${line}`);
  const lines = steps
    .slice(0, MOST_STEPS)
    .flatMap(({ title, saves, who, command }, place) => [
      ...wrap(inertText(title, 400), width - INDENT.length, 2).map((line, i) => `${i === 0 ? `${place + 1}. ` : INDENT}${line}`),
      ...below(`${saves} · ${who}`, 1).map(paint.dim),
      ...(command === null ? [] : below(command, 2).map(paint.cyan)),
    ]);
  const rest = steps.length - MOST_STEPS;
  return rest > 0
    ? [...lines, paint.dim(clip(`${INDENT}${formatPlural(rest, 'more step')} in the report and --json`, width))]
    : lines;
}

/** Nothing of a verdict that is good. */
function verdictLines({ level, text, reasons }: Verdict, { paint, width }: Screen): string[] {
  if (level === 'good') return [];
  const [first = '', ...others] = reasons;
  const more = others.length > 0 ? ` (and ${formatPlural(others.length, 'other reason')})` : '';
  const said = wrap(inertText(`${level === 'void' ? '! ' : ''}${text} ${first}${more}`, 600), width, level === 'void' ? 4 : 3);
  return said.map((line) => (level === 'void' ? paint.bold(paint.red(line)) : paint.yellow(line)));
}

/**
 * The caption, the headings if there are any, then one line per row. Where the screen is too narrow, columns of text are clipped, the widest
 * first; what still does not fit is cut.
 */
function tableLines({ caption, columns, rows }: Table, { width, paint }: Screen): string[] {
  const heads = columns.map(({ head }) => inertText(head));
  const texts = rows.map((row) => row.map((each, place) => cellText(each, columns[place]!)));
  const asText = columns.map(({ kind }) => isText(kind));
  const widths = fitted(
    heads.map((head, place) => texts.reduce((most, row) => Math.max(most, stringWidth(row[place]!)), stringWidth(head))),
    asText,
    width,
  );
  const line = (cells: readonly string[]) =>
    clip(
      cells
        .map((text, place) => cell(text, widths[place]!, asText[place] ? 'left' : 'right'))
        .join(' '.repeat(GAP))
        .trimEnd(),
      width,
    );
  const isHeaded = heads.some((head) => head !== '');
  return [paint.bold(clip(inertText(caption), width)), ...(isHeaded ? [paint.dim(line(heads))] : []), ...texts.map(line)];
}

function cellText({ value, doubt, notes }: Cell, { kind, limit = CELL_LIMIT }: ColumnHead): string {
  const shown = inertText(formatValue(value, kind), Math.min(limit, CELL_LIMIT));
  return `${doubt === null ? '' : '! '}${shown}${notes.map((note) => ` ${inertText(note)}`).join('')}`;
}

function fitted(widths: readonly number[], asText: readonly boolean[], width: number): number[] {
  const fit = [...widths];
  const tooWide = () => fit.reduce((sum, each) => sum + each + GAP, -GAP) - width;
  while (tooWide() > 0) {
    const texts = fit.map((each, place) => (asText[place] ? each : 0));
    const widest = texts.indexOf(Math.max(...texts));
    if (texts[widest]! <= NARROWEST) break;
    fit[widest] = Math.max(NARROWEST, fit[widest]! - Math.max(1, Math.min(tooWide(), 4)));
  }
  return fit;
}

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
import { formatValue, leftOutText } from '../../view/format.js';
import { cell, type Screen, wrap, wrapBelow } from './screen.js';

/** Maximum length of a text, and of one in a cell: names of pages may be megabytes long. */
const TEXT_LIMIT = 2000;
const CELL_LIMIT = 160;
/** Between columns, and of the narrowest column whose words are shortened. */
const GAP = 2;
const NARROWEST = 12;
/** Before what belongs to a step, below its number. */
const INDENT = '   ';

/**
 * The blocks of a view for a terminal: no line is wider than the screen, no number is cut, and every text is made inert here.
 * Figures are shown in the page only.
 */
export function terminalBlocks(blocks: readonly Block[], screen: Screen): string[] {
  const { paint, width } = screen;
  return blocks.flatMap((block) => {
    if (block.block === 'table') {
      const leftOut = leftOutText(block);
      return [
        ...tableLines(tableIn('terminal', block), screen),
        ...(leftOut === null ? [] : wrap(leftOut, width).map(paint.dim)),
      ];
    }
    if (block.block === 'list') return block.items.flatMap((item) => wrapBelow(`- ${inert(item)}`, width, '  '));
    if (block.block === 'steps') return stepLines(block, screen);
    if (block.block === 'verdict') return verdictLines(block, screen);
    if (block.block === 'heading') return wrap(inert(block.text), width).map(paint.bold);
    if (block.block !== 'paragraph') return [];
    return wrap(inert(block.text), width).map(block.tone === 'lead' ? paint.yellow : paint.dim);
  });
}

const inert = (text: string): string => inertText(text, TEXT_LIMIT);

/** Each step whole: what to do, what it saves and who can do it, how that is known, where, its command and its code. */
function stepLines({ steps }: StepList, { paint, width }: Screen): string[] {
  const below = (text: string): string[] => wrap(inert(text), width - INDENT.length).map((line) => `${INDENT}${line}`);
  return steps.flatMap(({ title, saves, who, basis, where, command, code, evidence }, place) => [
    ...wrapBelow(`${place + 1}. ${inert(title)}`, width, INDENT),
    ...below(`${saves} · ${who}`).map(paint.dim),
    ...[basis, ...(where === null ? [] : [`In ${where}.`]), ...evidence].flatMap(below).map(paint.dim),
    // A shell takes a command as one line, however it is drawn.
    ...(command === null ? [] : below(command).map(paint.cyan)),
    ...code.flatMap(below).map(paint.cyan),
  ]);
}

/** The level in words, then every reason. */
function verdictLines({ level, text, reasons }: Verdict, { paint, width }: Screen): string[] {
  const colour = level === 'void' ? (line: string) => paint.bold(paint.red(line)) : level === 'fair' ? paint.yellow : paint.dim;
  return [
    ...wrap(inert(`${level === 'void' ? '! ' : ''}${text}`), width),
    ...reasons.flatMap((reason) => wrapBelow(`- ${inert(reason)}`, width, '  ')),
  ].map(colour);
}

/**
 * The caption, the headings if there are any, then one line per row. Where the screen is too narrow, words are shortened, the
 * widest column first. Where numbers would have to be, each row becomes a sentence of its own.
 */
function tableLines({ caption, columns, rows }: Table, { width, paint }: Screen): string[] {
  const heads = columns.map(({ head }) => inertText(head));
  const isWide = !Number.isFinite(width);
  const texts = rows.map((row) => row.map((each, place) => cellText(each, columns[place]!, isWide)));
  const asText = columns.map(({ kind }) => isText(kind));
  const title = wrap(inert(caption), width).map(paint.bold);
  const widths = fitted(
    heads.map((head, place) => texts.reduce((most, row) => Math.max(most, stringWidth(row[place]!)), stringWidth(head))),
    asText,
    width,
  );
  if (widths === null) return [...title, ...texts.flatMap((row) => wrapBelow(rowText(row, heads), width, '  '))];
  const line = (cells: readonly string[]) =>
    cells
      .map((text, place) => cell(text, widths[place]!, asText[place] ? 'left' : 'right'))
      .join(' '.repeat(GAP))
      .trimEnd();
  const isHeaded = heads.some((head) => head !== '');
  return [...title, ...(isHeaded ? [paint.dim(line(heads))] : []), ...texts.map(line)];
}

/** "Conv: Share 40.2 %, Time 12.1 ms" */
function rowText([first = '', ...others]: readonly string[], [, ...heads]: readonly string[]): string {
  const named = others.flatMap((text, place) => (text === '' ? [] : [`${heads[place]} ${text}`.trim()]));
  return named.length > 0 ? `${first}: ${named.join(', ')}` : first;
}

function cellText({ value, doubt, notes }: Cell, { kind, limit = CELL_LIMIT }: ColumnHead, isWhole: boolean): string {
  const shown = inertText(formatValue(value, kind), isWhole ? TEXT_LIMIT : Math.min(limit, CELL_LIMIT));
  return `${doubt === null ? '' : '! '}${shown}${notes.map((note) => ` ${inertText(note)}`).join('')}`;
}

/** @returns null where words cannot give numbers the room that they need */
function fitted(widths: readonly number[], asText: readonly boolean[], width: number): number[] | null {
  const fit = [...widths];
  const tooWide = () => fit.reduce((sum, each) => sum + each + GAP, -GAP) - width;
  while (tooWide() > 0) {
    const texts = fit.map((each, place) => (asText[place] ? each : 0));
    const widest = texts.indexOf(Math.max(...texts));
    if (texts[widest]! <= NARROWEST) return null;
    fit[widest] = Math.max(NARROWEST, fit[widest]! - Math.max(1, Math.min(tooWide(), 4)));
  }
  return fit;
}

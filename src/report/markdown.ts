import { inertText } from '../text/inertText.js';
import {
  type Block,
  type Cell,
  type ColumnHead,
  isText,
  type StepItem,
  type StepList,
  type Table,
  tableIn,
  type Verdict,
} from '../view/block.js';
import { formatIntervalOf, formatValue, leftOutText } from '../view/format.js';

/** Maximum length of one paragraph, and of one cell. */
const TEXT_LIMIT = 2000;
const CELL_LIMIT = 400;

/** The blocks of a view as GitHub-flavoured Markdown: every text is made inert and escaped here. Ends without a line break. */
export function markdownBlocks(blocks: readonly Block[]): string {
  return blocks.map(drawn).join('\n\n');
}

function drawn(block: Block): string {
  switch (block.block) {
    case 'fold':
      return [`**${escaped(block.summary)}**`, markdownBlocks(block.blocks)].join('\n\n');
    case 'heading':
      return `### ${escaped(block.text)}`;
    case 'paragraph':
      return escaped(block.text);
    case 'list':
      return block.items.map((item) => `- ${escaped(item)}`).join('\n');
    case 'table':
      return [tableText(inBrief(block)), leftOutText(block)].filter((text) => text !== null).join('\n\n');
    case 'figure':
      return figureText(block.chart.alt);
    case 'flame':
      return figureText(block.alt);
    case 'steps':
      return stepsText(block);
    case 'verdict':
      return verdictText(block);
  }
}

/** Groups in place of their rows, and without the columns that a reader would have to ask for. */
function inBrief(of: Table): Table {
  const { columns, rows, groups, ...table } = tableIn('page', of);
  const isShown = (_: unknown, place: number): boolean => columns[place]!.more !== true;
  const shown = groups?.map(({ cells }) => cells) ?? rows;
  return { ...table, columns: columns.filter(isShown), rows: shown.map((row) => row.filter(isShown)) };
}

function tableText({ caption, columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `**${escaped(caption)}**`,
    '',
    line(columns.map(({ head }) => escaped(head, CELL_LIMIT))),
    line(columns.map(({ kind }) => (isText(kind) ? '---' : '---:'))),
    ...rows.map((row) => line(row.map((cell, place) => cellText(cell, columns[place]!)))),
  ].join('\n');
}

/** A value, with its interval and notes in brackets, and without what unfolds on the page. */
function cellText({ value, ci95, notes, doubt }: Cell, { kind, limit = CELL_LIMIT }: ColumnHead): string {
  const more = [
    ...(typeof value === 'number' && ci95 !== null ? [formatIntervalOf(ci95, value, kind)] : []),
    ...notes.map((note) => escaped(note, CELL_LIMIT)),
  ];
  const shown = `${doubt === null ? '' : '**!** '}${escaped(formatValue(value, kind), limit)}`;
  return more.length > 0 ? `${shown} (${more.join('; ')})` : shown;
}

/** A chart cannot be drawn in Markdown: its alternative text is used. */
const figureText = (alt: string): string => `*${escaped(alt)}*`;

function stepsText({ steps }: StepList): string {
  return steps.map(stepText).join('\n');
}

function stepText({ title, saves, who, basis, where, command, code, evidence }: StepItem, place: number): string {
  const more = [basis, ...(where === null ? [] : [`In ${where}.`]), ...evidence];
  const indent = ' '.repeat(`${place + 1}. `.length);
  const fenced = [...(command === null ? [] : [codeBlock([command], 'sh')]), ...(code.length === 0 ? [] : [codeBlock(code, '')])];
  return [
    `${place + 1}. **${escaped(title)}**: ${escaped(`${saves} · ${who}`)}. ${more.map((text) => escaped(text)).join(' ')}`,
    ...fenced.map((block) => `${indent}${block.replaceAll('\n', `\n${indent}`)}`),
  ].join('\n\n');
}

/** A verdict that is good needs no more than its word. */
function verdictText({ level, text, reasons }: Verdict): string {
  if (level === 'good') return escaped(text);
  return [`> **${escaped(text)}**`, '>', ...reasons.map((reason) => `> - ${escaped(reason)}`)].join('\n');
}

/** A block of code, with a fence that is longer than any in it. */
function codeBlock(lines: readonly string[], language: 'sh' | ''): string {
  const text = lines.map((line) => inertText(line, TEXT_LIMIT)).join('\n');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** What GitHub reads in escaped text too: users and e-mail (@a), issues (#1, GH-1), and pictures (:100:, as in "app.js:100:7"). */
const REFERENCES = /@|#(?=\d)|\bGH-(?=\d)|:(?=[\w+-]+:)/gi;

/**
 * Text that is safe anywhere: it starts no list and no heading, and contains no markup, link, mention or picture. A zero-width
 * space breaks what a backslash does not.
 * https://github.github.com/gfm/#backslash-escapes, https://github.github.com/gfm/#autolinks-extension-,
 * https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
export function escaped(text: string, limit = TEXT_LIMIT): string {
  return (
    inertText(text, limit)
      // Other spaces, by which a name may be indented in its cell, mean nothing to Markdown.
      .replace(/^ +| +$/g, '')
      .replace(/[\\`*_{}[\]<>|~&$]/g, '\\$&')
      .replace(/:(?=\/\/)|(?<=www)\./gi, '\\$&')
      .replace(REFERENCES, '$&&#8203;')
      .replace(/^[-+=#]|(?<=^\d+)[.)](?!\S)/, '\\$&')
  );
}

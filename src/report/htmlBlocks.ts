import type { Analysis } from '../../analyzers/index.js';
import { inertText } from '../text/inertText.js';
import {
  type Block,
  type Cell,
  type ColumnHead,
  type Figure,
  type Fold,
  isText,
  type Paragraph,
  type StepItem,
  type StepList,
  type Table,
  tableIn,
  type Verdict,
} from '../view/block.js';
import { formatIntervalOf, formatPlural, formatValue, leftOutText, MISSING } from '../view/format.js';
import type { View } from '../view/view.js';
import { dataTable } from './frame/dataTable.js';
import { fillSwatch } from './frame/names.js';
import type { PageContext, Section } from './frame/section.js';
import { type Html, html, prose, trusted } from './html.js';

/** Maximum length of the text in one cell. */
const CELL_LIMIT = 400;
/** Maximum length of a text in CSV. */
const WHOLE_LIMIT = 2000;
/** Maximum length of an item of a list. */
const ITEM_LIMIT = 1000;
/** More rows make a page slow to open. */
const MOST_ROWS = 1000;
/** A column becomes wide if one of its texts is longer than this, and narrow if all are shorter than that. */
const WIDE_FROM = 60;
const NARROW_TO = 18;

/** A view as a section of the page; empty where it has no blocks. */
export function sectionOf({ id, title, blocks }: View<Analysis>): Section {
  return {
    id,
    title,
    render(analysis, page) {
      const content = blocks(analysis);
      return content.length > 0 ? htmlBlocks(content, page) : null;
    },
  };
}

/** The blocks of a view as HTML: every text is made inert and escaped here. */
export function htmlBlocks(blocks: readonly Block[], page: PageContext): Html {
  return html`${blocks.map((block) => drawn(block, page))}`;
}

function drawn(block: Block, page: PageContext): Html {
  switch (block.block) {
    case 'heading':
      return page.subheading(block.text);
    case 'paragraph':
      return paragraphHtml(block);
    case 'list':
      return html`<ul>${block.items.map((item) => html`<li>${prose(inertText(item, ITEM_LIMIT))}</li>`)}</ul>
`;
    case 'table':
      return html`${tableHtml(block)}${asideHtml(leftOutText({ ...block, shownRows: MOST_ROWS }))}`;
    case 'figure':
      return page.figure(block.chart, captionHtml(block));
    case 'flame':
      return page.flame(block);
    case 'fold':
      return foldHtml(block, page);
    case 'steps':
      return stepsHtml(block);
    case 'verdict':
      return verdictHtml(block);
  }
}

const CLASSES = { lead: 'lead', remark: 'more' } as const;

function paragraphHtml({ text, tone }: Paragraph): Html {
  return tone === 'plain' ? html`<p>${prose(text)}</p>\n` : html`<p class="${CLASSES[tone]}">${prose(text)}</p>\n`;
}

const asideHtml = (text: string | null): Html | null =>
  text === null
    ? null
    : html`<p class="more">${text}</p>
`;

function foldHtml({ summary, blocks }: Fold, page: PageContext): Html {
  return html`<details class="fold"><summary>${prose(summary)}</summary>
${htmlBlocks(blocks, page)}</details>
`;
}

function tableHtml(block: Table): Html {
  const { caption, columns, rows, groups } = tableIn('page', { ...block, shownRows: MOST_ROWS });
  return dataTable(
    caption,
    columns.map((column, place) => ({
      head: column.head,
      id: column.id,
      numeric: !isText(column.kind),
      more: column.more === true,
      choice: column.choice === true,
      width: widthOf([...rows, ...(groups ?? []).map(({ cells }) => cells)].map((row) => row[place]!)),
      cell: (row: readonly Cell[]) => cellHtml(row[place]!, column),
      order: (row: readonly Cell[]) => orderOf(row[place]!),
      whole: (row: readonly Cell[]) => wholeOf(row[place]!, column),
    })),
    rows,
    {
      shownRows: block.shownRows,
      groups: groups?.map(({ cells, count }) => ({ head: cells, count })),
      sortedBy: block.sortedBy,
    },
  );
}

function widthOf(cells: readonly Cell[]): 'narrow' | 'text' | 'wide' {
  const lengths = cells.flatMap(({ value, notes }) => [value, ...notes].map((text) => String(text ?? '').length));
  const longest = Math.max(0, ...lengths);
  return longest > WIDE_FROM ? 'wide' : longest > NARROW_TO ? 'text' : 'narrow';
}

/** For CSV, which has the whole of a text that is cut in its cell. */
function wholeOf({ value }: Cell, { limit = CELL_LIMIT }: ColumnHead): string | null {
  if (typeof value !== 'string') return null;
  const whole = inertText(value, WHOLE_LIMIT);
  return inertText(value, limit) === whole ? null : whole;
}

/** Numbers are sorted as such, and not as they are printed. */
const orderOf = ({ value }: Cell): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

function cellHtml({ value, ci95, notes, unfolds, doubt, fill }: Cell, { kind, limit = CELL_LIMIT }: ColumnHead): Html {
  // A name may be empty, and a heading of a row must not be.
  const text = inertText(formatValue(value, kind), limit) || MISSING;
  const below = typeof value === 'number' && ci95 !== null ? [formatIntervalOf(ci95, value, kind), ...notes] : notes;
  const shown = kind === 'code' && value !== null ? html`<code>${text}</code>` : prose(text);
  return html`${fill !== null && fillSwatch(fill)}${doubt !== null && html`<strong class="bad" title="${doubt}">! </strong>`}${unfolding(shown, unfolds)}${below.map((each) => html`<span class="evidence">${prose(inertText(each))}</span>`)}`;
}

/** A value above lines that a reader can open. */
function unfolding(shown: Html, lines: readonly string[]): Html {
  if (lines.length === 0) return shown;
  const items = lines.map((line) => html`<li><code>${inertText(line, CELL_LIMIT)}</code></li>`);
  return html`<details><summary>${shown}</summary><ol class="stack">${items}</ol></details>`;
}

function captionHtml({ caption, legend }: Figure): Html {
  const items = legend.map(({ fill, text }) => html`<li>${fillSwatch(fill)}${inertText(text)}</li>`);
  return html`${legend.length > 0 && html`<ul class="legend">${items}</ul>`}${caption !== null && html`<p>${prose(caption)}</p>`}`;
}

function stepsHtml({ steps }: StepList): Html {
  return html`<ol class="steps">${steps.map(stepHtml)}</ol>\n`;
}

/** What to do, what it saves and who can do it; where and why are folded away. */
function stepHtml({ title, saves, who, basis, where, command, code, evidence }: StepItem): Html {
  const items = [...(where === null ? [] : [`In ${where}.`]), ...evidence].map((text) => html`<li>${prose(text)}</li>`);
  return html`<li><strong>${prose(title)}</strong>
<details><summary><span class="more">${prose(`${saves} · ${who}`)}</span></summary>
<p class="evidence">${prose(basis)}</p>
${items.length > 0 && html`<ul class="evidence">${items}</ul>`}
${code.length > 0 && html`<pre class="command">${code.map((line, i) => html`${i > 0 && trusted('\n')}${line}`)}</pre>`}</details>
${command !== null && html`<code class="command">${command}</code>`}</li>
`;
}

/** A verdict that is good needs no more than its word. */
function verdictHtml({ level, text, reasons }: Verdict): Html {
  if (level === 'good') return html`<p class="details">${prose(text)}</p>\n`;
  const [first, ...others] = reasons;
  const more = html`<details><summary>${formatPlural(others.length, 'other reason')}</summary><ul>${others.map((reason) => html`<li>${prose(reason)}</li>`)}</ul></details>`;
  return html`<div class="${level === 'void' ? 'alarm' : 'caution'}" role="${level === 'void' ? 'alert' : 'note'}"><strong>${prose(text)}</strong> ${first !== undefined && prose(first)}${others.length > 0 && more}</div>\n`;
}

import { withoutFormula } from '../../text/formula.js';

/** Tables with fewer rows need no tools, unless some rows are not shown. */
const LONG = 8;

/** Gives long tables what a reader looks for rows with: sorting by a column, a filter, all rows, and the table as CSV. */
export function tables(page: Document): void {
  page.documentElement.dataset.tables = 'on';
  for (const table of page.querySelectorAll('table')) {
    const body = table.tBodies[0];
    if (!body || (body.rows.length < LONG && !body.querySelector('.rest'))) continue;
    sortable(page, table, body);
    const bar = page.createElement('div');
    bar.className = 'tools';
    bar.append(filter(page, table, body), ...allRows(page, table, body), asCsv(page, table));
    table.closest('.scroll')?.before(bar);
  }
}

function sortable(page: Document, table: HTMLTableElement, body: HTMLTableSectionElement): void {
  const shown = body.rows.length - body.querySelectorAll('.rest').length;
  for (const [column, head] of [...(table.tHead?.rows[0]?.cells ?? [])].entries()) {
    const button = page.createElement('button');
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      // Numbers are looked for from the largest, texts from A.
      const isNumber = head.classList.contains('num');
      const before = head.getAttribute('aria-sort');
      const down = before === null ? isNumber : before === 'ascending';
      for (const each of table.tHead!.rows[0]!.cells) each.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const rows = [...body.rows].sort((a, b) => compared(a.cells[column]!, b.cells[column]!, down ? -1 : 1));
      for (const [place, row] of rows.entries()) row.classList.toggle('rest', place >= shown);
      body.append(...rows);
    });
  }
}

/** What has no value stands at the end in either direction. */
function compared(a: HTMLTableCellElement, b: HTMLTableCellElement, sign: 1 | -1): number {
  const [left, right] = [orderOf(a), orderOf(b)];
  if (left === null || right === null) return left === right ? sign * textOf(a).localeCompare(textOf(b)) : left === null ? 1 : -1;
  return sign * (left - right);
}

const orderOf = ({ dataset }: HTMLElement): number | null => (dataset.order === undefined ? null : Number(dataset.order));
const textOf = (cell: HTMLElement): string => cell.textContent?.replace(/\s+/g, ' ').trim() ?? '';

function filter(page: Document, table: HTMLTableElement, body: HTMLTableSectionElement): HTMLElement {
  const input = page.createElement('input');
  input.type = 'search';
  input.placeholder = 'Filter rows';
  input.setAttribute('aria-label', `Filter rows: ${textOf(table.caption ?? table)}`);
  const texts = new Map([...body.rows].map((row) => [row, textOf(row).toLowerCase()]));
  input.addEventListener('input', () => {
    const wanted = input.value.trim().toLowerCase();
    table.classList.toggle('filtered', wanted !== '');
    for (const [row, text] of texts) row.hidden = wanted !== '' && !text.includes(wanted);
  });
  return input;
}

function allRows(page: Document, table: HTMLTableElement, body: HTMLTableSectionElement): HTMLElement[] {
  if (!body.querySelector('.rest')) return [];
  const button = page.createElement('button');
  const total = body.rows.length;
  const shown = total - body.querySelectorAll('.rest').length;
  const name = (): void => {
    const isWhole = table.classList.contains('whole');
    button.textContent = isWhole ? `First ${shown} rows` : `All ${total} rows`;
    button.setAttribute('aria-expanded', String(isWhole));
  };
  button.addEventListener('click', () => {
    table.classList.toggle('whole');
    name();
  });
  name();
  return [button];
}

function asCsv(page: Document, table: HTMLTableElement): HTMLElement {
  const button = page.createElement('button');
  button.textContent = 'CSV';
  button.addEventListener('click', () => {
    const lines = [...table.rows].map((row) => [...row.cells].map(csvCell).join(','));
    const link = page.createElement('a');
    link.href = URL.createObjectURL(new Blob([`${lines.join('\n')}\n`], { type: 'text/csv' }));
    link.download = `${textOf(table.caption ?? table)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 60)}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  });
  return button;
}

function csvCell(cell: HTMLTableCellElement): string {
  const text = cell.dataset.order ?? withoutFormula(textOf(cell));
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

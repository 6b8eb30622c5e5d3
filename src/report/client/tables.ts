import { csvText, MISSING } from './csv.js';
import { Rows, textOf } from './rows.js';

/** Tables with fewer rows need no tools, unless some of their rows or columns are not shown. */
const LONG = 8;
/** Rows become cards at this width; keep in step with the style sheet. */
const NARROW = '(max-width: 36rem)';

/** Gives long tables what a reader looks for rows with: sorting, a filter, all rows and columns, and the table as CSV. */
export function tables(page: Document, window: Window): void {
  page.documentElement.dataset.tables = 'on';
  const narrow = window.matchMedia(NARROW);
  const nameCells = (): void => {
    if (narrow.matches) for (const table of page.querySelectorAll('table')) nameCellsOf(table);
  };
  nameCells();
  narrow.addEventListener('change', nameCells);
  for (const table of page.querySelectorAll('table')) {
    const body = table.tBodies[0];
    const isCut = table.dataset.shown !== undefined || table.querySelector('.group-head, thead .extra') !== null;
    if (!body || (body.rows.length < LONG && !isCut)) continue;
    const rows = new Rows(table, body);
    sortable(page, table, rows);
    unfoldable(page, rows);
    const bar = page.createElement('div');
    bar.className = 'tools';
    bar.append(...finders(page, table, rows), ...allRows(page, rows), ...moreColumns(page, table), asCsv(page, table, rows));
    table.closest('.scroll')?.before(bar);
  }
}

/** Says in each cell what its column is, which a card shows; it leaves out what is not known. */
function nameCellsOf(table: HTMLTableElement): void {
  if (table.dataset.named !== undefined) return;
  table.dataset.named = '';
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map(textOf);
  for (const row of table.tBodies[0]?.rows ?? []) {
    for (const [column, cell] of [...row.cells].entries()) {
      cell.dataset.head = heads[column] ?? '';
      if (column > 0 && textOf(cell) === MISSING) cell.dataset.empty = '';
    }
  }
}

function button(page: Document, text: string, act: (button: HTMLButtonElement) => void): HTMLButtonElement {
  const made = page.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', () => act(made));
  return made;
}

function sortable(page: Document, table: HTMLTableElement, rows: Rows): void {
  for (const [column, head] of [...(table.tHead?.rows[0]?.cells ?? [])].entries()) {
    const names = [...head.childNodes];
    const sort = button(page, '', () => {
      // Numbers are looked for from the largest, texts from A.
      const isNumber = head.classList.contains('num');
      const before = head.getAttribute('aria-sort');
      const isDown = before === null ? isNumber : before === 'ascending';
      for (const each of table.tHead!.rows[0]!.cells) each.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', isDown ? 'descending' : 'ascending');
      rows.sort(column, isDown);
    });
    sort.append(...names);
    head.append(sort);
  }
}

/** The first cell of a group's line is the button that unfolds it. */
function unfoldable(page: Document, rows: Rows): void {
  for (const head of rows.heads()) {
    const cell = head.cells[0]!;
    const content = [...cell.childNodes];
    const fold = button(page, '', () => {
      rows.unfold(head);
      fold.setAttribute('aria-expanded', String(rows.isOpen(head)));
    });
    fold.className = 'unfolds';
    fold.setAttribute('aria-expanded', 'false');
    fold.append(...content);
    cell.append(fold);
  }
}

/** A filter, a choice for each column of few texts, and how many rows were found. */
function finders(page: Document, table: HTMLTableElement, rows: Rows): HTMLElement[] {
  const name = textOf(table.caption ?? table);
  const output = page.createElement('output');
  const tell = (count: number, isFiltered: boolean): void => {
    output.textContent = isFiltered ? `${count} of ${rows.total}` : '';
  };
  const input = page.createElement('input');
  input.type = 'search';
  input.placeholder = 'Filter rows';
  input.setAttribute('aria-label', `Filter rows: ${name}`);
  const choices = [...(table.tHead?.rows[0]?.cells ?? [])].flatMap((head, column) =>
    head.dataset.choice === undefined ? [] : [choiceOf(page, head, column, rows)],
  );
  const isFiltered = (): boolean => input.value.trim() !== '' || choices.some(({ value }) => value !== '');
  input.addEventListener('input', () => tell(rows.filter(input.value), isFiltered()));
  for (const select of choices) {
    select.addEventListener('change', () => {
      const text = select.value === '' ? null : (select.selectedOptions[0]?.textContent ?? null);
      tell(rows.choose(Number(select.dataset.column), text), isFiltered());
    });
  }
  return [input, ...choices, output];
}

function choiceOf(page: Document, head: HTMLTableCellElement, column: number, rows: Rows): HTMLSelectElement {
  const select = page.createElement('select');
  const title = textOf(head);
  select.dataset.column = String(column);
  select.setAttribute('aria-label', title);
  const texts = [...new Set(rows.all().map((row) => textOf(row.cells[column]!)))];
  for (const [place, text] of [`${title}: all`, ...texts].entries()) {
    const option = page.createElement('option');
    option.value = place === 0 ? '' : String(place);
    option.textContent = text;
    select.append(option);
  }
  return select;
}

function allRows(page: Document, rows: Rows): HTMLElement[] {
  if (!rows.isGrouped && rows.shown >= rows.total) return [];
  const name = (): string => {
    if (rows.isGrouped) return rows.isWhole ? 'In groups' : `All ${rows.total} one by one`;
    return rows.isWhole ? `First ${rows.shown} rows` : `All ${rows.total} rows`;
  };
  return [
    button(page, name(), (made) => {
      rows.toggleWhole();
      made.textContent = name();
    }),
  ];
}

function moreColumns(page: Document, table: HTMLTableElement): HTMLElement[] {
  if (!table.querySelector('thead .extra')) return [];
  return [
    button(page, 'More columns', (made) => {
      const isOpen = table.classList.toggle('all-columns');
      made.textContent = isOpen ? 'Fewer columns' : 'More columns';
    }),
  ];
}

function asCsv(page: Document, table: HTMLTableElement, rows: Rows): HTMLElement {
  return button(page, 'CSV', () => {
    const link = page.createElement('a');
    link.href = URL.createObjectURL(new Blob([csvText(table, rows.all())], { type: 'text/csv' }));
    link.download = `${textOf(table.caption ?? table)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 60)}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}

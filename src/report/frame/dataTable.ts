import { type Html, type HtmlValue, html, trusted } from '../html.js';

export interface Column<Row> {
  readonly head: string;
  /** Its name in CSV; never from data. */
  readonly id?: string;
  /** Right-aligned numbers, with digits of equal width. */
  readonly numeric?: boolean;
  /** Of a column of text. */
  readonly width?: 'narrow' | 'text' | 'wide';
  /** Shown when a reader asks for more columns. */
  readonly more?: boolean;
  /** A reader may choose one of its texts. */
  readonly choice?: boolean;
  readonly cell: (row: Row, place: number) => HtmlValue;
  /** What the page sorts its rows by; without it by the text. Null: at the end. */
  readonly order?: (row: Row) => number | null;
  /** The whole of a text that is cut in the cell; null where it is not. */
  readonly whole?: (row: Row) => string | null;
}

/** A row that unfolds into the next `count` rows. */
export interface Group<Row> {
  readonly head: Row;
  readonly count: number;
}

interface Options<Row> {
  /** More are there when a reader asks for them. */
  readonly shownRows?: number | undefined;
  readonly groups?: readonly Group<Row>[] | undefined;
  /** Id of the column that the rows are sorted by, the largest first. */
  readonly sortedBy?: string | undefined;
}

/**
 * A table that scrolls in its own frame where the page is too narrow. The first column is the heading of its row. The client adds
 * what finds rows in it; see `client/tables.ts`.
 */
export function dataTable<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { shownRows, groups, sortedBy }: Options<Row> = {},
): Html {
  const head = columns.map(
    (column) =>
      html`<th scope="col" class="${kindOf(column)}"${column.id !== undefined && html` data-id="${column.id}"`}${column.choice === true && trusted(' data-choice=""')}${column.id !== undefined && column.id === sortedBy && trusted(' aria-sort="descending"')}>${column.head}</th>`,
  );
  const body = groups
    ? groupsOf(rows, groups).map(({ head: own, rows: ofGroup }) => [
        rowHtml(columns, own, 0, 'group-head'),
        ofGroup.map((row, place) => rowHtml(columns, row, place, 'in-group')),
      ])
    : rows.map((row, place) => rowHtml(columns, row, place, null));
  const shown = shownRows !== undefined && shownRows < rows.length && html` data-shown="${String(shownRows)}"`;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table${shown}>
<caption><span>${caption}</span></caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody>
</table></div>
`;
}

function kindOf<Row>({ numeric, width = 'text', more }: Column<Row>): string {
  return `${numeric ? 'num' : width}${more ? ' extra' : ''}`;
}

function rowHtml<Row>(columns: readonly Column<Row>[], row: Row, place: number, kind: 'group-head' | 'in-group' | null): Html {
  const cells = columns.map((column, i) => {
    const order = column.order?.(row) ?? null;
    const whole = column.whole?.(row) ?? null;
    const data = html`${order !== null && trusted(` data-order="${Number(order)}"`)}${whole !== null && html` data-whole="${whole}"`}`;
    return i === 0
      ? html`<th scope="row" class="${kindOf(column)}"${data}>${column.cell(row, place)}</th>`
      : html`<td class="${kindOf(column)}"${data}>${column.cell(row, place)}</td>`;
  });
  return html`<tr${kind !== null && html` class="${kind}"`}>${cells}</tr>
`;
}

function groupsOf<Row>(rows: readonly Row[], groups: readonly Group<Row>[]): { head: Row; rows: readonly Row[] }[] {
  let from = 0;
  return groups.map(({ head, count }) => {
    const own = rows.slice(from, from + count);
    from += count;
    return { head, rows: own };
  });
}

import { type Html, type HtmlValue, html, trusted } from '../html.js';

export interface Column<Row> {
  readonly head: string;
  /** Right-aligned numbers, with digits of equal width. */
  readonly numeric?: boolean;
  /** A wide column of text. */
  readonly wide?: boolean;
  readonly cell: (row: Row, place: number) => HtmlValue;
  /** What the page sorts its rows by; without it by the text. Null: at the end. */
  readonly order?: (row: Row) => number | null;
}

/**
 * A table that scrolls in its own frame where the page is too narrow. The first column is the heading of its row.
 * @param shownRows more are there when a reader asks for them
 */
export function dataTable<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  shownRows = rows.length,
): Html {
  const kind = (column: Column<Row>) => (column.numeric ? 'num' : column.wide ? 'wide' : 'text');
  const head = columns.map((column) => html`<th scope="col" class="${kind(column)}">${column.head}</th>`);
  const body = rows.map((row, place) => {
    const cells = columns.map((column, i) => {
      const order = column.order?.(row) ?? null;
      const ordered = order === null ? '' : trusted(` data-order="${Number(order)}"`);
      return i === 0
        ? html`<th scope="row" class="${kind(column)}"${ordered}>${column.cell(row, place)}</th>`
        : html`<td class="${kind(column)}"${ordered}>${column.cell(row, place)}</td>`;
    });
    return html`<tr${place >= shownRows && trusted(' class="rest"')}>${cells}</tr>
`;
  });
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table>
<caption><span>${caption}</span></caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody>
</table></div>
`;
}

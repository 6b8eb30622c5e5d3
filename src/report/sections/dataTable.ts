import { type Html, type HtmlValue, html } from '../html.js';

export interface Column<Row> {
  readonly head: string;
  /** Right-aligned numbers, with digits of equal width. */
  readonly numeric?: boolean;
  /** A wide column of text. */
  readonly wide?: boolean;
  readonly cell: (row: Row, place: number) => HtmlValue;
}

/** A table that scrolls in its own frame where the page is too narrow. The first column is the heading of its row. */
export function dataTable<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): Html {
  const kind = (column: Column<Row>) => (column.numeric ? 'num' : column.wide ? 'wide' : 'text');
  const head = columns.map((column) => html`<th scope="col" class="${kind(column)}">${column.head}</th>`);
  const body = rows.map((row, place) => {
    const cells = columns.map((column, i) =>
      i === 0
        ? html`<th scope="row" class="${kind(column)}">${column.cell(row, place)}</th>`
        : html`<td class="${kind(column)}">${column.cell(row, place)}</td>`,
    );
    return html`<tr>${cells}</tr>
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

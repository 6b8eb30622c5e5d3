import { withoutFormula } from '../../text/formula.js';
import { textOf } from './rows.js';

/** What stands in a cell beside its value. */
const ASIDES = '.evidence, .stack, .bad, .swatch';

/** All rows and columns of a table as comma-separated values: numbers without units, and texts that are cut on the page whole. */
export function csvText(table: HTMLTableElement, rows: readonly HTMLTableRowElement[]): string {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((head) => quoted(head.dataset.id ?? textOf(head)));
  const lines = rows.map((row) => [...row.cells].map((cell) => quoted(cellText(cell))).join(','));
  return `${[heads.join(','), ...lines].join('\n')}\n`;
}

function cellText(cell: HTMLTableCellElement): string {
  if (cell.dataset.order !== undefined) return cell.dataset.order;
  if (cell.dataset.whole !== undefined) return withoutFormula(cell.dataset.whole);
  const copy = cell.querySelector(ASIDES) ? (cell.cloneNode(true) as HTMLElement) : cell;
  if (copy !== cell) for (const each of copy.querySelectorAll(ASIDES)) each.remove();
  const text = textOf(copy);
  return text === MISSING ? '' : withoutFormula(text);
}

/** What the page shows for a value that is not known. */
export const MISSING = '—';

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

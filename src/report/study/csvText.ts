import { table } from 'arquero';
import type { ExportTable } from './exportTable.js';

/**
 * What spreadsheets take for the beginning of a formula. https://owasp.org/www-community/attacks/CSV_Injection
 * Tabs and line ends, which they take for one too, are gone: text is inert.
 */
const FORMULA = /^\s*[=+\-@]/;

/** A table as comma-separated values, numbers plain. Text that a spreadsheet would run as a formula gets an apostrophe before it. */
export function csvText({ columns }: ExportTable): string {
  const texts = columns.filter(({ kind }) => kind === 'text').map(({ name }) => name);
  const guarded = (value: unknown) => (typeof value === 'string' && FORMULA.test(value) ? `'${value}` : value);
  return table(columns.map(({ name, values }) => [name, values] as [string, unknown[]])).toCSV({
    format: Object.fromEntries(texts.map((name) => [name, guarded])),
  });
}

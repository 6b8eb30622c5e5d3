/**
 * Characters that begin a formula in spreadsheets, also in full width. Tabs and line ends can begin one too, but inert text has none.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^\s*[=+\-@＝＋－＠]/;

/** Text for a cell of a spreadsheet: what it would run as a formula gets a leading apostrophe. */
export const withoutFormula = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

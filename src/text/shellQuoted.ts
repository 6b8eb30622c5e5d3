import { inertText } from './inertText.js';

const LIMIT = 1000;

/**
 * Text as one word for a POSIX shell. Inside single quotes nothing has a meaning but the quote itself.
 * @returns null for what a reader could not see or paste as it is (control characters, overrides, very long text), and for what a
 *   command would take for an option
 */
export function shellQuoted(text: string): string | null {
  if (text === '' || text.startsWith('-') || inertText(text, LIMIT) !== text) return null;
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

import pc from 'picocolors';
import stringWidth from 'string-width';

export interface TerminalOptions {
  /** Columns of the terminal, which no line exceeds; null: a pipe or a file, where nothing is wrapped, shortened or left out. */
  readonly width: number | null;
  readonly color: boolean;
}

/** What a part of the screen needs to draw its lines. */
export interface Screen {
  /** Infinite where nothing is to be wrapped or shortened. */
  readonly width: number;
  readonly color: boolean;
  readonly paint: ReturnType<typeof pc.createColors>;
}

const NARROWEST = 40;
/** Longer lines of text are hard to read. */
const WIDEST = 120;

export function screen({ width, color }: TerminalOptions): Screen {
  const usable = width === null ? Number.POSITIVE_INFINITY : Math.max(NARROWEST, Math.min(WIDEST, Math.floor(width) || 80));
  return { width: usable, color, paint: pc.createColors(color) };
}

/** Cuts a plain text to a number of columns, with "…" at the end if anything was cut. For words and names, not for numbers. */
export function clip(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  return columns < 1 ? '' : `${head(text, columns - 1).trimEnd()}…`;
}

/** As many characters as fit. */
function head(text: string, columns: number): string {
  let kept = '';
  for (const character of text) {
    if (stringWidth(kept + character) > columns) break;
    kept += character;
  }
  return kept;
}

/** A text of exactly this many columns: clipped, or filled with spaces on the right, or on the left for numbers. */
export function cell(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const clipped = clip(text, columns);
  const space = ' '.repeat(Math.max(0, columns - stringWidth(clipped)));
  return align === 'left' ? clipped + space : space + clipped;
}

/** Spaces at which a line may end: not between a number and its unit. */
const BREAKS = / (?!(?:ms|s|%|[kMGT]?B|GFLOP\/s|GB\/s)(?![\p{L}\d]))|(?<!\d) /u;

/**
 * Splits a plain text at spaces into lines of a number of columns. A word that is longer than a line, such as an address, goes on
 * in the next one, so nothing is lost.
 */
export function wrap(text: string, columns: number): string[] {
  if (!Number.isFinite(columns)) return [text];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const [place, word] of text.split(BREAKS).entries()) {
    const wide = stringWidth(word);
    if (place > 0 && used + 1 + wide <= columns) {
      line += ` ${word}`;
      used += 1 + wide;
      continue;
    }
    if (place > 0) lines.push(line);
    [line, used] = [word, wide];
    while (used > columns) {
      const begun = head(line, Math.max(2, columns));
      lines.push(begun);
      line = line.slice(begun.length);
      used = stringWidth(line);
    }
  }
  return [...lines, line];
}

/**
 * The first parts, as many as a line has room for.
 * @param least how many are there in any case
 */
export function fitting(parts: readonly string[], separator: string, columns: number, least = 0): string {
  let count = parts.length;
  while (count > least && stringWidth(parts.slice(0, count).join(separator)) > columns) count--;
  return parts.slice(0, count).join(separator);
}

/** As `wrap`, with the lines below the first one indented. Spaces before the text stay. */
export function wrapBelow(text: string, columns: number, indent: string): string[] {
  const [before = ''] = /^ */.exec(text) ?? [];
  const body = text.slice(before.length);
  const [first = ''] = wrap(body, columns - before.length);
  const rest = body.slice(first.length).trimStart();
  return [`${before}${first}`, ...(rest === '' ? [] : wrap(rest, columns - indent.length).map((line) => `${indent}${line}`))];
}

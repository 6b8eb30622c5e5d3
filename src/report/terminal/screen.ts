import pc from 'picocolors';
import stringWidth from 'string-width';

export interface TerminalOptions {
  /** Columns of the terminal; lines are never wider. */
  readonly width: number;
  readonly color: boolean;
}

/** What a part of the screen needs to draw its lines. */
export interface Screen {
  readonly width: number;
  readonly color: boolean;
  readonly paint: ReturnType<typeof pc.createColors>;
}

const NARROWEST = 40;
const WIDEST = 100;

export function screen({ width, color }: TerminalOptions): Screen {
  const usable = Number.isFinite(width) ? Math.floor(width) : 80;
  return { width: Math.max(NARROWEST, Math.min(WIDEST, usable)), color, paint: pc.createColors(color) };
}

/** Cuts a plain text to a number of columns, with "…" at the end if anything was cut. */
export function clip(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let kept = '';
  let used = 0;
  for (const character of text) {
    const next = stringWidth(character);
    if (used + next > columns - 1) break;
    kept += character;
    used += next;
  }
  return columns < 1 ? '' : `${kept.trimEnd()}…`;
}

/** A text of exactly this many columns: clipped, or filled with spaces on the right, or on the left for numbers. */
export function cell(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const clipped = clip(text, columns);
  const space = ' '.repeat(Math.max(0, columns - stringWidth(clipped)));
  return align === 'left' ? clipped + space : space + clipped;
}

/** Splits a plain text at spaces into lines of a number of columns; at most `limit` lines, the last one clipped. */
export function wrap(text: string, columns: number, limit: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (line === '' || stringWidth(joined) <= columns) line = joined;
    else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  if (lines.length > limit) lines.splice(limit - 1, lines.length, lines.slice(limit - 1).join(' '));
  return lines.map((each) => clip(each, columns));
}

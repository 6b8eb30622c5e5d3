import stringWidth from 'string-width';
import { cell, clip, type Screen } from '../../terminal/screen.js';

/** A column of plain text; the first row is below the head. */
export interface TextColumn {
  readonly head: string;
  readonly align: 'left' | 'right';
  readonly cells: readonly string[];
}

const GAP = 2;
const NARROWEST = 8;

/** Columns side by side, in no more than the screen's width: the widest columns of text are clipped first, and what still does not fit is cut. */
export function columnsLines(columns: readonly TextColumn[], { width, paint }: Screen): string[] {
  const widths = columns.map(({ head, cells }) => Math.max(...[head, ...cells].map((text) => stringWidth(text))));
  const tooWide = () => widths.reduce((sum, each) => sum + each + GAP, -GAP) - width;
  while (tooWide() > 0) {
    const texts = widths.map((each, place) => (columns[place]!.align === 'left' ? each : 0));
    const widest = texts.indexOf(Math.max(...texts));
    if (texts[widest]! <= NARROWEST) break;
    widths[widest] = Math.max(NARROWEST, widths[widest]! - Math.max(1, Math.min(tooWide(), 4)));
  }
  const line = (texts: readonly string[]) =>
    clip(
      texts
        .map((text, place) => cell(text, widths[place]!, columns[place]!.align))
        .join(' '.repeat(GAP))
        .trimEnd(),
      width,
    );
  const rows = columns[0]?.cells.map((_, row) => line(columns.map(({ cells }) => cells[row]!))) ?? [];
  return [paint.dim(line(columns.map(({ head }) => head))), ...rows];
}

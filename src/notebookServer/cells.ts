import type { Notebook } from '@observablehq/notebook-kit';
import { inertText } from '../text/inertText.js';

export type Cell = Notebook['cells'][number];

/** A cell as its author knows it: its number, and the line it begins with. */
export function cellName({ id, value }: Pick<Cell, 'id' | 'value'>): string {
  const line = value.split('\n').find((text) => text.trim() !== '') ?? '';
  return `cell ${id} (${inertText(line.trim(), 60)})`;
}

/** The cell, but that it fails with this sentence in its place. */
export function failingCell(cell: Cell, why: string): Cell {
  return { ...cell, mode: 'js', value: `throw new Error(${JSON.stringify(why)});` };
}

/** Names of the files that a cell attaches. They must be literal for the kit, too. */
export function attachmentsOf({ value }: Pick<Cell, 'value'>): string[] {
  return Array.from(value.matchAll(/\bFileAttachment\(\s*(["'`])([^"'`$]+)\1\s*\)/g), ([, , name]) => name!);
}

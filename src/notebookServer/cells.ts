import type { Notebook } from '@observablehq/notebook-kit';
import { inertText } from '../text/inertText.js';
import type { Stack } from './stack.js';

export type Cell = Notebook['cells'][number];

/** A cell as its author knows it: its number, and the line it begins with. */
export function cellName({ id, value }: Pick<Cell, 'id' | 'value'>): string {
  const line = value.split('\n').find((text) => text.trim() !== '') ?? '';
  return `cell ${id} (${inertText(line.trim(), 60)})`;
}

/** The cell, but that it fails with this sentence in its place. */
export function failingCell(cell: Cell, why: string): Cell {
  // Its code stands in the user's file; shown here it would be ours.
  return { ...cell, mode: 'js', pinned: false, value: `throw new Error(${JSON.stringify(why)});` };
}

/** The notebook, but that a cell which is no valid code fails in its place: the kit would refuse the whole page. */
export function withoutSyntaxErrors(notebook: Notebook, { notebooks }: Pick<Stack, 'notebooks'>): Notebook {
  const checked = (cell: Cell): Cell => {
    try {
      notebooks.transpile(cell);
      return cell;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return failingCell(cell, `SyntaxError: ${error.message}`);
    }
  };
  return { ...notebook, cells: notebook.cells.map(checked) };
}

/** Names of the files that a cell attaches. They must be literal for the kit, too. */
export function attachmentsOf({ value }: Pick<Cell, 'value'>): string[] {
  return Array.from(value.matchAll(/\bFileAttachment\(\s*(["'`])([^"'`$]+)\1\s*\)/g), ([, , name]) => name!);
}

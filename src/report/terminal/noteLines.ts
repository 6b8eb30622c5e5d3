import type { Analysis } from '../../../analyzers/analysis.js';
import { inertText } from '../../text/inertText.js';
import { type Screen, wrap } from './screen.js';

const MOST_NOTES = 4;
const NAMES = { warning: 'warning', lack: 'not measured', info: 'note' } as const;

/** Warnings first, then what could not be measured; the rest as a count. */
export function noteLines({ notes }: Analysis, { paint, width }: Screen): string[] {
  const order = { warning: 0, lack: 1, info: 2 } as const;
  const told = [...notes].sort((a, b) => order[a.level] - order[b.level]).filter((note) => note.level !== 'info');
  const shown = told.slice(0, told.length > MOST_NOTES ? MOST_NOTES - 1 : MOST_NOTES);
  const lines = shown.flatMap((note) => {
    const colour = note.level === 'warning' ? paint.yellow : paint.dim;
    return wrap(`${NAMES[note.level]}: ${inertText(note.text, 400)}`, width, shown.length > 2 ? 1 : 2).map((line) =>
      colour(line),
    );
  });
  const rest = told.length - shown.length;
  return rest > 0 ? [...lines, paint.dim(`${rest} more in the report and --json`)] : lines;
}

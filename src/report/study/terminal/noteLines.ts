import type { StudyAnalysis } from '../../../../analyzers/study/studyAnalysis.js';
import { inertText } from '../../../text/inertText.js';
import { type Screen, wrap } from '../../terminal/screen.js';

const NAMES = { warning: 'warning', lack: 'not measured', info: 'note' } as const;

/** What is doubtful or missing. */
export function noteLines({ notes }: StudyAnalysis, { paint, width }: Screen): string[] {
  return notes.flatMap(({ level, text }) =>
    wrap(`${NAMES[level]}: ${inertText(text, 400)}`, width, 3).map((line) =>
      level === 'warning' ? paint.yellow(line) : paint.dim(line),
    ),
  );
}

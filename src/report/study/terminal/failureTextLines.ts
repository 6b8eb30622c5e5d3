import type { StudyAnalysis } from '../../../../analyzers/study/studyAnalysis.js';
import { inertText } from '../../../text/inertText.js';
import { clip, type Screen } from '../../terminal/screen.js';
import { cellModel } from '../cellModel.js';
import { failureLines } from '../failureLines.js';
import { shortConfiguration } from '../shortConfiguration.js';
import { columnsLines } from './columnsLines.js';

const MOST = 12;

/** What could not run, what failed, and what is missing yet. */
export function failureTextLines({ failures }: StudyAnalysis, screen: Screen): string[] {
  const lines = failureLines(failures);
  if (lines.length === 0) return [];
  const shown = lines.slice(0, MOST);
  const text = (head: string, cells: string[]) => ({ head, align: 'left' as const, cells });
  const more = lines.length > MOST ? [screen.paint.dim(`${lines.length - MOST} more in the report`)] : [];
  return [
    screen.paint.bold(clip('What could not run', screen.width)),
    ...columnsLines(
      [
        text(
          'Model',
          shown.map(({ cell }) => cellModel(cell, 24)),
        ),
        text(
          'Ran on',
          shown.map(({ cell }) => shortConfiguration(cell)),
        ),
        text(
          'What',
          shown.map(({ what }) => what),
        ),
        text(
          'Why',
          shown.map(({ why }) => inertText(why, 160)),
        ),
      ],
      screen,
    ),
    ...more,
  ];
}

import type { StudyAnalysis } from '../../../../analyzers/study/studyAnalysis.js';
import { inertText } from '../../../text/inertText.js';
import { formatShare } from '../../../view/format.js';
import { clip, type Screen } from '../../terminal/screen.js';
import { columnsLines } from './columnsLines.js';
import { headColumns } from './headColumns.js';

/** The largest causes of every traced cell. */
export function causeLines({ causes }: StudyAnalysis, screen: Screen): string[] {
  if (causes.length === 0) return [];
  const largest = causes.map((row) =>
    row.causes
      .filter(({ id, share }) => id !== 'unattributed' && share >= 0.01)
      .sort((a, b) => b.share - a.share)
      .slice(0, 4)
      .map(({ id, share }) => `${inertText(id, 24)} ${formatShare(share)}`)
      .join(', '),
  );
  return [
    screen.paint.bold(clip('Where the time goes', screen.width)),
    ...columnsLines(
      [
        ...headColumns(causes),
        { head: 'Causes', align: 'left', cells: largest },
        { head: 'Unattributed', align: 'right', cells: causes.map(({ unattributedShare }) => formatShare(unattributedShare)) },
      ],
      screen,
    ),
  ];
}

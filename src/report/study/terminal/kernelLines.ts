import type { StudyAnalysis } from '../../../../analyzers/study/studyAnalysis.js';
import { inertText } from '../../../text/inertText.js';
import { formatRatio, formatShare } from '../../../view/format.js';
import { clip, type Screen } from '../../terminal/screen.js';
import { columnsLines } from './columnsLines.js';
import { headColumns } from './headColumns.js';

/** The types of operators that take the most time of every cell, with their ratio to native. */
export function kernelLines({ kernels }: StudyAnalysis, screen: Screen): string[] {
  if (kernels.length === 0) return [];
  const top = kernels.map(({ types }) =>
    types
      .map(
        ({ operator, share, ratio }) =>
          `${inertText(operator, 20)} ${formatShare(share)}${ratio === null ? '' : ` (${formatRatio(ratio)})`}`,
      )
      .join(', '),
  );
  return [
    screen.paint.bold(clip('Operators that take the most time, and how many times as long as natively', screen.width)),
    ...columnsLines([...headColumns(kernels), { head: 'Operators', align: 'left', cells: top }], screen),
  ];
}

import type { StudyAnalysis } from '../../../../analyzers/study/studyAnalysis.js';
import { formatPlural } from '../../../view/format.js';

/** What could not run, and what has not run yet. */
export function failureFindings({ failures: { excluded, failed }, study: { runs } }: StudyAnalysis): string[] {
  const cells = new Set(failed.map(({ cell }) => cell.id)).size;
  return [
    ...(excluded.length > 0 ? [`${formatPlural(excluded.length, 'combination')} cannot run here at all.`] : []),
    ...(cells > 0 ? [`${runs.failed} of ${formatPlural(runs.planned, 'run')} failed, in ${formatPlural(cells, 'cell')}.`] : []),
    ...(runs.missing > 0
      ? [`The study is not finished: ${runs.missing} of ${formatPlural(runs.planned, 'run')} are still to be made.`]
      : []),
  ];
}

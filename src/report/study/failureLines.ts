import type { CellFacts, Failures } from '../../../analyzers/study/studyAnalysis.js';
import type { StudyCell } from '../../bundle/study.js';
import { formatPlural } from '../../view/format.js';

/** One line of the table of what could not run. */
export interface FailureLine {
  readonly cell: StudyCell & Partial<CellFacts>;
  /** In few words: "cannot run", "failed in 2 rounds". */
  readonly what: string;
  /** Untrusted text. */
  readonly why: string;
}

/** Excluded combinations first, then failed runs, then those that are missing yet. */
export function failureLines({ excluded, failed, missing }: Failures): FailureLine[] {
  return [
    ...excluded.map(({ cell, reason }) => ({ cell, what: 'cannot run', why: reason })),
    ...failed.map(({ cell, reason, rounds, done }) => ({
      cell,
      what: `failed in ${formatPlural(rounds.length, 'round')}${done > 0 ? `, ${done} succeeded` : ''}`,
      why: reason,
    })),
    ...missing.map(({ cell, rounds }) => ({ cell, what: `${formatPlural(rounds.length, 'round')} missing`, why: 'not run yet' })),
  ];
}

import type { StudyAnalysis } from '../../../../analyzers/study/studyAnalysis.js';
import type { Html } from '../../html.js';
import type { PageContext } from '../../sections/section.js';

/** One part of a study's page. Null if the study has nothing for it. */
export interface StudySection {
  /** Of the heading's anchor, and of nothing that comes from data. */
  readonly id: string;
  readonly title: string;
  render(analysis: StudyAnalysis, page: PageContext): Html | null;
}

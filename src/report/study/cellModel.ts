import type { CellFacts } from '../../../analyzers/study/studyAnalysis.js';
import type { StudyCell } from '../../bundle/study.js';
import { inertText } from '../../text/inertText.js';

/** The model as rows are headed by it: short, inert, and marked where the outputs are not native's. */
export function cellModel(cell: StudyCell & Partial<Pick<CellFacts, 'outputs'>>, limit = 40): string {
  return `${cell.outputs === 'differ' ? '! ' : ''}${inertText(cell.model, limit)}`;
}

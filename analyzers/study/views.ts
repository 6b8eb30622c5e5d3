import type { Table } from '../../src/view/block.js';
import { ablationView } from './ablationView.js';
import { causesView } from './causes.js';
import { failuresView } from './failures.js';
import { gapView } from './gap.js';
import type { StudyAnalysis } from './index.js';
import { latencyView } from './latency.js';
import { memoryView } from './memory.js';
import { operatorsView } from './operators.js';
import type { StudyView } from './view.js';
import { warmupView } from './warmup.js';

/** The sections of the report, top to bottom. */
export const studyViews: readonly StudyView<StudyAnalysis>[] = [
  latencyView,
  gapView,
  ablationView,
  causesView,
  warmupView,
  memoryView,
  operatorsView,
  failuresView,
];

/** The parts of the terminal above and below the findings: first the answer and what lacks in it. */
export const terminalViews: Readonly<Record<'above' | 'below', readonly StudyView<StudyAnalysis>[]>> = {
  above: [gapView, failuresView],
  below: [latencyView, ablationView, causesView, memoryView, operatorsView],
};

const findingViews: readonly StudyView<StudyAnalysis>[] = [
  gapView,
  ablationView,
  causesView,
  warmupView,
  memoryView,
  operatorsView,
  failuresView,
];

/** What the study found, in sentences with numbers, most important first; the report and the terminal begin with them. */
export function findings(analysis: StudyAnalysis): string[] {
  const nothing = analysis.latency.length === 0 ? ['No run has succeeded yet, so there is nothing to compare.'] : [];
  return [...nothing, ...findingViews.flatMap((view) => view.findings(analysis))];
}

/** All tables of a study as other tools read them; their captions name their files. */
export function studyTables(analysis: StudyAnalysis): Table[] {
  return studyViews.flatMap((view) => view.tables(analysis));
}

import type { Table } from '../../src/view/block.js';
import { ablationView } from './ablationView.js';
import { accuracyView } from './accuracy.js';
import { causesView } from './causes.js';
import { failuresView } from './failures.js';
import { gapView } from './gap.js';
import type { StudyAnalysis, StudyTables } from './index.js';
import { latencyView } from './latency.js';
import { memoryView } from './memory.js';
import { operatorsView } from './operators.js';
import { qoeView } from './qoe.js';
import type { StudyView } from './view.js';
import { warmupView } from './warmup.js';

/** One view for each table, in the order of the report's sections. */
const views: Readonly<Record<keyof StudyTables, StudyView<StudyAnalysis>>> = {
  latency: latencyView,
  gap: gapView,
  ablation: ablationView,
  causes: causesView,
  warmup: warmupView,
  memory: memoryView,
  qoe: qoeView,
  accuracy: accuracyView,
  kernels: operatorsView,
  failures: failuresView,
};

export const studyViews: readonly StudyView<StudyAnalysis>[] = Object.values(views);

/** What the terminal shows before the findings (the answer and what is missing from it), and after them. */
export const terminalViews = {
  above: [views.gap, views.failures],
  below: [views.latency, views.ablation, views.causes, views.memory, views.qoe, views.accuracy, views.kernels],
};

/** Most important first. */
const found = [
  views.gap,
  views.ablation,
  views.causes,
  views.warmup,
  views.memory,
  views.qoe,
  views.accuracy,
  views.kernels,
  views.failures,
];

/** What the study found, in sentences with numbers; the report and the terminal begin with them. */
export function findings(analysis: StudyAnalysis): string[] {
  const nothing = analysis.latency.length === 0 ? ['No run has succeeded yet, so there is nothing to compare.'] : [];
  return [...nothing, ...found.flatMap((view) => view.findings(analysis))];
}

/** All tables of a study for other tools; their captions name their files. */
export function studyTables(analysis: StudyAnalysis): Table[] {
  return studyViews.flatMap((view) => view.tables(analysis));
}

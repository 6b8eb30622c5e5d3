import { view as frames } from '../../../analyzers/frames/view.js';
import type { Analysis } from '../../../analyzers/index.js';
import { view as latency } from '../../../analyzers/latency/view.js';
import { view as memory } from '../../../analyzers/memory/view.js';
import type { View } from '../../view/view.js';
import { sectionOf } from '../htmlBlocks.js';
import { causesSection } from './causesSection.js';
import { contentionSection } from './contentionSection.js';
import { functionsSection } from './functionsSection.js';
import { gapSection } from './gapSection.js';
import { gpuSection } from './gpuSection.js';
import { inferencesSection } from './inferencesSection.js';
import { instructionSetSection } from './instructionSetSection.js';
import { methodSection } from './methodSection.js';
import { notesSection } from './notesSection.js';
import { operatorsSection } from './operatorsSection.js';
import { outputsSection } from './outputsSection.js';
import { runtimeSection } from './runtimeSection.js';
import type { Section } from './section.js';
import { timelineSection } from './timelineSection.js';
import { traceSection } from './traceSection.js';

/** The parts of an analysis below its answer, top to bottom: a view, or a section that is drawn by hand. */
const parts: readonly (View<Analysis> | Section)[] = [
  gpuSection,
  causesSection,
  latency,
  inferencesSection,
  gapSection,
  instructionSetSection,
  operatorsSection,
  functionsSection,
  timelineSection,
  runtimeSection,
  contentionSection,
  memory,
  frames,
  outputsSection,
  notesSection,
  traceSection,
  methodSection,
];

const isView = (part: View<Analysis> | Section): part is View<Analysis> => 'blocks' in part;

export const sections: readonly Section[] = parts.map((part) => (isView(part) ? sectionOf(part) : part));

/** Those that are data, and can be drawn in other forms. */
export const views: readonly View<Analysis>[] = parts.filter(isView);

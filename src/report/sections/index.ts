import { causesSection } from './causesSection.js';
import { contentionSection } from './contentionSection.js';
import { framesSection } from './framesSection.js';
import { functionsSection } from './functionsSection.js';
import { gapSection } from './gapSection.js';
import { gpuSection } from './gpuSection.js';
import { inferencesSection } from './inferencesSection.js';
import { instructionSetSection } from './instructionSetSection.js';
import { latencySection } from './latencySection.js';
import { memorySection } from './memorySection.js';
import { methodSection } from './methodSection.js';
import { notesSection } from './notesSection.js';
import { kernelsSection } from './operatorsSection.js';
import { outputsSection } from './outputsSection.js';
import { runtimeSection } from './runtimeSection.js';
import type { Section } from './section.js';
import { timelineSection } from './timelineSection.js';
import { traceSection } from './traceSection.js';

/** The parts of an analysis below its answer, top to bottom. */
export const sections: readonly Section[] = [
  gpuSection,
  causesSection,
  latencySection,
  inferencesSection,
  gapSection,
  instructionSetSection,
  kernelsSection,
  functionsSection,
  timelineSection,
  runtimeSection,
  contentionSection,
  memorySection,
  framesSection,
  outputsSection,
  notesSection,
  traceSection,
  methodSection,
];

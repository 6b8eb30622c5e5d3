import { ablationSection } from './ablationSection.js';
import { causesSection } from './causesSection.js';
import { failuresSection } from './failuresSection.js';
import { gapSection } from './gapSection.js';
import { kernelsSection } from './kernelsSection.js';
import { latencySection } from './latencySection.js';
import { memorySection } from './memorySection.js';
import { methodSection } from './methodSection.js';
import { notesSection } from './notesSection.js';
import type { StudySection } from './section.js';
import { warmupSection } from './warmupSection.js';

/** The parts of a study below its findings, top to bottom. */
export const studySections: readonly StudySection[] = [
  latencySection,
  gapSection,
  ablationSection,
  causesSection,
  warmupSection,
  memorySection,
  kernelsSection,
  failuresSection,
  notesSection,
  methodSection,
];

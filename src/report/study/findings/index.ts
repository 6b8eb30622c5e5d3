import type { StudyAnalysis } from '../../../../analyzers/study/studyAnalysis.js';
import { ablationFindings } from './ablationFindings.js';
import { causeFindings } from './causeFindings.js';
import { failureFindings } from './failureFindings.js';
import { gapFindings } from './gapFindings.js';
import { kernelFindings } from './kernelFindings.js';
import { memoryFindings } from './memoryFindings.js';
import { warmupFindings } from './warmupFindings.js';

/** What the study found, in sentences with numbers, most important first; the page and the terminal begin with them. */
export function findings(analysis: StudyAnalysis): string[] {
  const found = [
    ...gapFindings(analysis),
    ...ablationFindings(analysis),
    ...causeFindings(analysis),
    ...warmupFindings(analysis),
    ...memoryFindings(analysis),
    ...kernelFindings(analysis),
  ];
  const nothing = analysis.latency.length === 0 ? ['No run has succeeded yet, so there is nothing to compare.'] : [];
  return [...nothing, ...found, ...failureFindings(analysis)];
}

import type { StudyAnalysis } from '../../../../analyzers/study/studyAnalysis.js';
import { inertText } from '../../../text/inertText.js';
import { formatRatio } from '../../../view/format.js';
import { cellConfiguration } from '../cellConfiguration.js';

/** Where the most memory is held for the model's size. */
export function memoryFindings({ memory }: StudyAnalysis): string[] {
  const held = memory.flatMap(({ cell, live, held }) => (held ? [{ cell, live, held }] : []));
  const most = held.sort((a, b) => b.held.ratio - a.held.ratio)[0];
  if (!most) return [];
  const live = most.live ? `; its live tensors peak at ${formatRatio(most.live.ratio)}` : '';
  return [
    `Most memory for its size is held by ${inertText(most.cell.modelTitle, 60)} on ${cellConfiguration(most.cell)}: ${formatRatio(most.held.ratio)} the model’s bytes, in the phase “${inertText(most.held.phase, 40)}”${live}.`,
  ];
}

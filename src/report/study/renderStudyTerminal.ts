import type { StudyAnalysis } from '../../../analyzers/study/studyAnalysis.js';
import { inertText } from '../../text/inertText.js';
import { formatPlural } from '../../view/format.js';
import { clip, type Screen, screen, type TerminalOptions, wrap } from '../terminal/screen.js';
import { findings } from './findings/index.js';
import { ablationLines } from './terminal/ablationLines.js';
import { causeLines } from './terminal/causeLines.js';
import { failureTextLines } from './terminal/failureTextLines.js';
import { gapLines } from './terminal/gapLines.js';
import { kernelLines } from './terminal/kernelLines.js';
import { latencyLines } from './terminal/latencyLines.js';
import { memoryLines } from './terminal/memoryLines.js';
import { noteLines } from './terminal/noteLines.js';

/** The parts, top to bottom; one without lines is left out. */
const PARTS: readonly ((analysis: StudyAnalysis, screen: Screen) => string[])[] = [
  gapLines,
  failureTextLines,
  findingLines,
  latencyLines,
  ablationLines,
  causeLines,
  memoryLines,
  kernelLines,
  noteLines,
];

/**
 * A study for a terminal: first how many times slower than native each model is and what could not run, then what was found, then
 * the tables. No line is wider than `width` (between 40 and 100 columns); names are made inert. Ends without a line break.
 */
export function renderStudyTerminal(analysis: StudyAnalysis, options: TerminalOptions): string {
  const view = screen(options);
  const { study, machine, browsers, cells } = analysis;
  const { planned, done, failed, missing } = study.runs;
  const lost = `${failed > 0 ? `, ${failed} failed` : ''}${missing > 0 ? `, ${missing} missing` : ''}`;
  const on = [
    inertText(machine.cpu, 50),
    formatPlural(machine.cores, 'core'),
    ...browsers.map((product) => inertText(product.replace('/', ' '), 30)),
  ];
  const head = [
    view.paint.bold(clip(inertText(study.name, 80), view.width)),
    view.paint.dim(
      clip(`${formatPlural(cells.length, 'cell')}, ${done} of ${formatPlural(planned, 'run')} done${lost}`, view.width),
    ),
    view.paint.dim(clip(on.join(', '), view.width)),
  ];
  return [head, ...PARTS.map((part) => part(analysis, view)).filter((lines) => lines.length > 0)]
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function findingLines(analysis: StudyAnalysis, { width, paint }: Screen): string[] {
  return [paint.bold('Findings'), ...findings(analysis).flatMap((sentence) => wrap(sentence, width, 4))];
}

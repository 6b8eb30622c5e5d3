import type { StudyAnalysis } from '../../../analyzers/study/index.js';
import { findings, terminalViews } from '../../../analyzers/study/views.js';
import { inertText } from '../../text/inertText.js';
import { formatPlural } from '../../view/format.js';
import { type Screen, screen, type TerminalOptions, wrapBelow } from '../terminal/screen.js';
import { terminalBlocks } from '../terminal/terminalBlocks.js';

/**
 * A study for a terminal: first how many times slower than native each model is and what could not run, then the findings, then
 * the tables. No line is wider than the screen; names are made inert. Ends without a line break.
 */
export function renderStudyTerminal(analysis: StudyAnalysis, options: TerminalOptions): string {
  const view = screen(options);
  const { above, below } = terminalViews;
  const briefs = (views: typeof above) => views.map((each) => terminalBlocks(each.brief(analysis), view));
  return [head(analysis, view), ...briefs(above), found(analysis, view), ...briefs(below), notes(analysis, view)]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function head({ study, machine, browsers, cells }: StudyAnalysis, { paint, width }: Screen): string[] {
  const { planned, done, failed, missing } = study.runs;
  const lost = `${failed > 0 ? `, ${failed} failed` : ''}${missing > 0 ? `, ${missing} missing` : ''}`;
  const on = [
    inertText(machine.cpu, 50),
    formatPlural(machine.cores, 'core'),
    ...browsers.map((product) => inertText(product.replace('/', ' '), 30)),
  ];
  const below = (text: string): string[] => wrapBelow(text, width, '  ').map(paint.dim);
  return [
    ...wrapBelow(inertText(study.name, 80), width, '  ').map(paint.bold),
    ...below(`${formatPlural(cells.length, 'cell')}, ${done} of ${formatPlural(planned, 'run')} done${lost}`),
    ...below(on.join(', ')),
  ];
}

/** Maximum length of a sentence. */
const TEXT_LIMIT = 1000;

function found(analysis: StudyAnalysis, { paint, width }: Screen): string[] {
  const sentences = findings(analysis).flatMap((sentence) => wrapBelow(inertText(sentence, TEXT_LIMIT), width, '  '));
  return [paint.bold('Findings'), ...sentences];
}

const LEVELS = { warning: 'warning', lack: 'not measured', info: 'note' } as const;

function notes({ notes: all }: StudyAnalysis, { paint, width }: Screen): string[] {
  return all.flatMap(({ level, text }) =>
    wrapBelow(`${LEVELS[level]}: ${inertText(text, TEXT_LIMIT)}`, width, '  ').map(
      level === 'warning' ? paint.yellow : paint.dim,
    ),
  );
}

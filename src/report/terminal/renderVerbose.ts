import type { Analysis } from '../../../analyzers/index.js';
import { view as stepsView } from '../../../analyzers/steps/view.js';
import { view as validityView } from '../../../analyzers/validity/view.js';
import { inertText } from '../../text/inertText.js';
import { formatCount, formatMs } from '../../view/format.js';
import { answer, foundText } from '../answer.js';
import { inOrder } from '../views.js';
import { causeLines } from './causeLines.js';
import { relevantNotes, subjectLines } from './headLines.js';
import { cell, clip, type Screen, screen, type TerminalOptions, wrap, wrapBelow } from './screen.js';
import { terminalBlocks } from './terminalBlocks.js';
import { partOf } from './terminalLines.js';

interface Part {
  readonly draw: (analysis: Analysis, screen: Screen) => string[];
}

const TEXT_LIMIT = 2000;

/** The parts, top to bottom: drawn by a function of this file, or the brief view of a question. */
const PARTS = inOrder<Part>(
  [
    [
      { draw: (analysis, screen) => terminalBlocks(validityView.blocks(analysis), screen) },
      { draw: inferenceLines },
      'latency',
      'pageState',
      'gpu',
      { draw: causeLines },
      'operators',
      'functions',
      'instructions',
      'runtime',
      'memory',
      'rest',
      { draw: traceLines },
      { draw: noteLines },
      { draw: stepLines },
    ],
  ],
  (view) => ({ draw: partOf(view) }),
).flat();

/**
 * All that an analysis says in a terminal: each question in brief, every cause, note and step. Nothing is left out or cut but words
 * in tables that are too wide. Ends without a line break.
 */
export function renderVerbose(analysis: Analysis, options: TerminalOptions): string {
  const view = screen(options);
  const parts = PARTS.map(({ draw }) => draw(analysis, view)).filter((lines) => lines.length > 0);
  const sentences = parts.length > 0 ? [] : answer(analysis).sentences.flatMap((sentence) => wrap(sentence, view.width));
  return [[...subjectLines(analysis, view), ...sentences], ...parts].map((lines) => lines.join('\n')).join('\n\n');
}

/** What to do, after everything else. */
function stepLines(analysis: Analysis, screen: Screen): string[] {
  const lines = terminalBlocks(stepsView.blocks(analysis), screen);
  return lines.length > 0 ? [screen.paint.bold(stepsView.title), ...lines] : [];
}

const NAMES = { warning: 'warning', lack: 'not measured', info: 'note' } as const;

function noteLines(analysis: Analysis, { paint, width }: Screen): string[] {
  const infos = analysis.notes.filter(({ level }) => level === 'info');
  return [...relevantNotes(analysis), ...infos].flatMap(({ level, text }) =>
    wrapBelow(`${NAMES[level]}: ${inertText(text, TEXT_LIMIT)}`, width, '  ').map(level === 'warning' ? paint.yellow : paint.dim),
  );
}

/** How many inferences were found in a page, from what evidence, and with which confidence; or what was looked for. */
function inferenceLines({ inferences, page }: Analysis, { width, paint }: Screen): string[] {
  if (!page || !inferences) return [];
  if (inferences.count > 0) return wrap(foundText(inferences), width);
  const looked = inferences.lookedFor.flatMap((what) => wrapBelow(`- ${inertText(what, TEXT_LIMIT)}`, width, '  '));
  return [paint.bold('No inference found. Looked for:'), ...looked];
}

/** The contents of a trace in which no window was found: processes, busiest threads, and the measures to choose a mark from. */
function traceLines(analysis: Analysis, { paint, width }: Screen): string[] {
  const { trace, partition } = analysis;
  if (partition || !trace) return [];
  // For a page, the lines above already say what was looked for.
  const found = answer(analysis)
    .sentences.slice(analysis.page ? 1 : 0)
    .flatMap((sentence) => wrap(sentence, width));
  const threads = trace.busiestThreads.map((row) => {
    const sampled = row.sampled ? 'sampled' : 'not sampled';
    return `${cell(formatMs(row.busyMs), 12, 'right')}  ${clip(`${inertText(row.thread)}, ${sampled}`, width - 14)}`;
  });
  const measures = trace.measures.map((row) => {
    return `${cell(`${formatCount(row.count)}×`, 8, 'right')} ${cell(formatMs(row.medianMs), 10, 'right')}  ${clip(inertText(row.name), width - 21)}`;
  });
  return [
    ...found,
    ...(threads.length > 0 ? [paint.bold('Busiest threads'), ...threads] : []),
    ...(measures.length > 0 ? [paint.bold(clip('Measures of the page (count, median)', width)), ...measures] : []),
  ];
}

import { view as functionsView } from '../../../analyzers/functions/view.js';
import type { Analysis } from '../../../analyzers/index.js';
import { view as instructionsView } from '../../../analyzers/instructions/view.js';
import { view as runtimeView } from '../../../analyzers/runtime/view.js';
import { view as stepsView } from '../../../analyzers/steps/view.js';
import { view as validityView } from '../../../analyzers/validity/view.js';
import { inertText } from '../../text/inertText.js';
import { formatCount, formatMs } from '../../view/format.js';
import { answer, foundText } from '../answer.js';
import { inOrder } from '../sections/index.js';
import { subjectDetails, subjectTitle } from '../subject.js';
import { causeLines } from './causeLines.js';
import { cell, clip, type Screen, screen, type TerminalOptions, wrap } from './screen.js';
import { terminalBlocks } from './terminalBlocks.js';
import { partOf } from './terminalLines.js';

/** Lines of the whole output, including the blank ones between parts. */
const MOST_LINES = 30;

type Draw = (analysis: Analysis, screen: Screen) => string[];

interface Part {
  /** Of its view; null where it is drawn by a function of its own. */
  readonly id: string | null;
  readonly draw: Draw;
}

const own = (draw: Draw): Part => ({ id: null, draw });

/**
 * The parts, top to bottom: drawn by a function of this file, or the brief view of a question. Parts without lines are left out.
 */
const PARTS = inOrder<Part>(
  [
    [
      own(verdictLines),
      own(inferenceLines),
      'latency',
      'pageState',
      'gpu',
      own(causeLines),
      'operators',
      'functions',
      'instructions',
      'runtime',
      'memory',
      'rest',
      own(traceLines),
      own(noteLines),
    ],
  ],
  (view) => ({ id: view.id, draw: partOf(view) }),
).flat();

/** Views that are left out where there is no room, in this order: the report has them. */
const DETAILS = [functionsView, instructionsView, runtimeView].map(({ id }) => id);

/** A part with its lines. */
interface Drawn {
  readonly part: Part;
  readonly lines: readonly string[];
}

/**
 * An analysis for a terminal: at most 30 lines, none wider than `width` (between 40 and 100 columns), and no escape sequence
 * without `color`. Names from the trace are made inert. Ends without a line break.
 */
export function renderTerminal(analysis: Analysis, options: TerminalOptions): string {
  const view = screen(options);
  const details = subjectDetails(analysis);
  const head = [
    view.paint.bold(clip(subjectTitle(analysis), view.width)),
    ...(details ? [view.paint.dim(clip(details, view.width))] : []),
  ];
  const parts = PARTS.map((part) => ({ part, lines: part.draw(analysis, view) })).filter(({ lines }) => lines.length > 0);
  const sentences = parts.length > 0 ? [] : answer(analysis).sentences.flatMap((sentence) => wrap(sentence, view.width, 3));
  return stacked([...head, ...sentences], parts, stepLines(analysis, view)).join('\n');
}

/**
 * Joins the parts with blank lines, and ends with the last one, which is whole. Where the whole gets too long, details are left out,
 * then blank lines, the last ones first, and then lines.
 */
function stacked(head: readonly string[], all: readonly Drawn[], last: readonly string[]): string[] {
  const room = MOST_LINES - last.length - (last.length > 0 ? 1 : 0);
  const length = (parts: readonly Drawn[]): number => parts.reduce((sum, { lines }) => sum + lines.length, head.length);
  // With one blank line, below the head.
  const kept = DETAILS.reduce<readonly Drawn[]>(
    (parts, detail) => (length(parts) + 1 > room ? parts.filter(({ part }) => part.id !== detail) : parts),
    all,
  );
  let blanks = Math.min(kept.length, Math.max(1, room - length(kept)));
  const lines = [...head];
  for (const part of kept) {
    if (blanks > 0) {
      lines.push('');
      blanks--;
    }
    lines.push(...part.lines);
  }
  return [...lines.slice(0, room), ...(last.length > 0 ? ['', ...last] : [])];
}

/** Whether it is a valid measurement, before everything else. */
function verdictLines(analysis: Analysis, screen: Screen): string[] {
  return terminalBlocks(validityView.blocks(analysis), screen);
}

/** What to do, after everything else. */
function stepLines(analysis: Analysis, screen: Screen): string[] {
  const lines = terminalBlocks(stepsView.blocks(analysis), screen);
  return lines.length > 0 ? [screen.paint.bold(stepsView.title), ...lines] : [];
}

const MOST_NOTES = 4;
const NAMES = { warning: 'warning', lack: 'not measured', info: 'note' } as const;

/** Warnings first, then what could not be measured; the rest as a count. */
function noteLines({ notes, validity }: Analysis, { paint, width }: Screen): string[] {
  const order = { warning: 0, lack: 1, info: 2 } as const;
  const told = new Set(validity?.reasons.map(({ id }) => id));
  const relevant = [...notes]
    .sort((a, b) => order[a.level] - order[b.level])
    .filter(({ id, level }) => level !== 'info' && !told.has(id));
  const shown = relevant.slice(0, relevant.length > MOST_NOTES ? MOST_NOTES - 1 : MOST_NOTES);
  const lines = shown.flatMap((note) => {
    const colour = note.level === 'warning' ? paint.yellow : paint.dim;
    return wrap(`${NAMES[note.level]}: ${inertText(note.text, 400)}`, width, shown.length > 2 ? 1 : 2).map((line) =>
      colour(line),
    );
  });
  const rest = relevant.length - shown.length;
  return rest > 0 ? [...lines, paint.dim(`${rest} more in the report and --json`)] : lines;
}

/** How many inferences were found in a page, from what evidence, and with which confidence; or what was looked for. */
function inferenceLines({ inferences, page }: Analysis, { width, paint }: Screen): string[] {
  if (!page || !inferences) return [];
  if (inferences.count > 0) return wrap(foundText(inferences), width, 2);
  const looked = inferences.lookedFor.flatMap((what) => wrap(`- ${inertText(what, 200)}`, width, 2));
  return [paint.bold('No inference found. Looked for:'), ...looked];
}

/** The contents of a trace in which no window was found: processes, busiest threads, and the measures to choose a mark from. */
function traceLines(analysis: Analysis, { paint, width }: Screen): string[] {
  const { trace, partition } = analysis;
  if (partition || !trace) return [];
  // For a page, the lines above already say what was looked for.
  const found = answer(analysis)
    .sentences.slice(analysis.page ? 1 : 0)
    .flatMap((sentence) => wrap(sentence, width, 3));
  const threads = trace.busiestThreads.slice(0, 4).map((row) => {
    const sampled = row.sampled ? 'sampled' : 'not sampled';
    return `${cell(formatMs(row.busyMs), 12, 'right')}  ${clip(`${inertText(row.thread)}, ${sampled}`, width - 14)}`;
  });
  const measures = trace.measures.slice(0, 5).map((row) => {
    return `${cell(`${formatCount(row.count)}×`, 8, 'right')} ${cell(formatMs(row.medianMs), 10, 'right')}  ${clip(inertText(row.name), width - 21)}`;
  });
  return [
    ...found,
    ...(threads.length > 0 ? [paint.bold('Busiest threads'), ...threads] : []),
    ...(measures.length > 0 ? [paint.bold(clip('Measures of the page (count, median)', width)), ...measures] : []),
  ];
}

import type { Analysis } from '../../../analyzers/analysis.js';
import { answer } from '../answer.js';
import { subjectDetails, subjectTitle } from '../subject.js';
import { alarmLines } from './alarmLines.js';
import { causeLines } from './causeLines.js';
import { functionLines } from './functionLines.js';
import { gpuLines } from './gpuLines.js';
import { inferenceLines } from './inferenceLines.js';
import { instructionLines } from './instructionLines.js';
import { kernelLines } from './kernelLines.js';
import { latencyLines } from './latencyLines.js';
import { memoryLines } from './memoryLines.js';
import { nextLines } from './nextLines.js';
import { noteLines } from './noteLines.js';
import { runtimeLines } from './runtimeLines.js';
import { clip, type Screen, screen, type TerminalOptions, wrap } from './screen.js';
import { traceLines } from './traceLines.js';

/** Lines of the whole, blank ones between the parts included. */
const MOST_LINES = 30;

/** The parts, top to bottom; one without lines is left out. */
const PARTS: readonly ((analysis: Analysis, screen: Screen) => string[])[] = [
  alarmLines,
  inferenceLines,
  latencyLines,
  gpuLines,
  causeLines,
  kernelLines,
  functionLines,
  instructionLines,
  runtimeLines,
  memoryLines,
  traceLines,
  noteLines,
  nextLines,
];

/**
 * An analysis for a terminal: at most 30 lines, none wider than `width` (between 40 and 100 columns), no escape sequence at
 * all without `color`. Names from the trace are made inert. Ends without a line break.
 */
export function renderTerminal(analysis: Analysis, options: TerminalOptions): string {
  const view = screen(options);
  const details = subjectDetails(analysis);
  const head = [
    view.paint.bold(clip(subjectTitle(analysis), view.width)),
    ...(details ? [view.paint.dim(clip(details, view.width))] : []),
  ];
  const parts = [head, ...PARTS.map((part) => part(analysis, view)).filter((lines) => lines.length > 0)];
  if (parts.length === 1) parts.push(answer(analysis).sentences.flatMap((sentence) => wrap(sentence, view.width, 3)));
  return stacked(parts).join('\n');
}

/** Joins the parts with blank lines, and gives the blank lines up, first to last, where the whole gets too long. */
function stacked(parts: readonly string[][]): string[] {
  const full = parts.reduce((sum, part) => sum + part.length, 0);
  let blanks = Math.min(parts.length - 1, Math.max(0, MOST_LINES - full));
  const lines: string[] = [];
  for (const [i, part] of parts.entries()) {
    if (i > 0 && blanks > 0) {
      lines.push('');
      blanks--;
    }
    lines.push(...part);
  }
  return lines.slice(0, MOST_LINES);
}

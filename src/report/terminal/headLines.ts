import { belowOneText } from '../../../analyzers/gap/ratioText.js';
import type { Analysis } from '../../../analyzers/index.js';
import { quotedPrediction } from '../../../analyzers/latency/quotedPrediction.js';
import type { Note } from '../../../analyzers/question.js';
import { inertText } from '../../text/inertText.js';
import { formatCi95, formatMs, formatPlural, formatRatio } from '../../view/format.js';
import { subjectDetails, subjectTitle } from '../subject.js';
import { clip, fitting, type Screen, wrapBelow } from './screen.js';

/** Title, framework and backend with its device, or title and address: without them it is not known what was measured. */
const LEAST_PARTS = 3;

/** What was run, and how: the title stands out. What a line has no room for is left out, last things first. */
export function subjectLine(analysis: Analysis, { paint, width }: Screen): string[] {
  const title = clip(subjectTitle(analysis), width);
  const parts = [title, ...subjectDetails(analysis).split(', ')].filter((part) => part !== '');
  const [first = '', ...others] = wrapBelow(fitting(parts, ', ', width, analysis.page ? 2 : LEAST_PARTS), width, '  ');
  return [`${paint.bold(title)}${paint.dim(first.slice(title.length))}`, ...others.map(paint.dim)];
}

/** The same, with everything. */
export function subjectLines(analysis: Analysis, { paint, width }: Screen): string[] {
  const details = subjectDetails(analysis);
  return [
    ...wrapBelow(subjectTitle(analysis), width, '  ').map(paint.bold),
    ...(details === '' ? [] : wrapBelow(details, width, '  ').map(paint.dim)),
  ];
}

const LEVELS = { void: '! Not a valid measurement', fair: 'Fair, to be taken with care' } as const;

/** The verdict in short, where it is this one: the first sentence of its worst reason. */
export function verdictLines({ validity }: Analysis, { paint, width }: Screen, level: 'void' | 'fair'): string[] {
  if (validity?.verdict !== level) return [];
  const [first, ...others] = validity.reasons;
  const more = others.length > 0 ? ` (and ${formatPlural(others.length, 'other reason')})` : '';
  const colour = level === 'void' ? (line: string) => paint.bold(paint.red(line)) : paint.yellow;
  return wrapBelow(`${LEVELS[level]}: ${inertText(firstSentence(first?.text ?? ''), 400)}${more}`, width, '  ').map(colour);
}

/** Up to the first end of a sentence; numbers and names of files have points, too. */
export const firstSentence = (text: string): string => /^.+?[.!?](?=\s+\p{Lu}|\s*$)/su.exec(text)?.[0] ?? text;

/**
 * "57.7 ms a prediction (95 % 56.9–58.5) · 2.82× native: 20.4 ms, onnxruntime-node 1.30.0, CPU, 1 thread"; null where none was
 * timed. What native is is left out where there is no room.
 */
export function figuresText(analysis: Analysis, columns: number): string | null {
  const quoted = quotedPrediction(analysis);
  if (!quoted) return null;
  const { page, gap } = analysis;
  const { prediction, traced } = quoted;
  const own = `${formatMs(prediction.medianMs)} ${page ? 'an inference' : 'a prediction'} (${formatCi95(prediction.ci95Ms, prediction.medianMs)}${traced ? ', under the trace' : ''})`;
  if (!gap) return own;
  const ratio = `${own} · ${formatRatio(gap.ratio)} native: ${formatMs(gap.nativeMs)}`;
  const below = belowOneText(gap);
  const whole = fitting([ratio, ...inertText(gap.baseline).split(', ')], ', ', columns, 1);
  return below === null ? whole : `${whole}; ${below}`;
}

const ORDER: readonly Note['level'][] = ['warning', 'lack'];

/** Warnings, then what could not be measured, without what the verdict says already. */
export function relevantNotes({ notes, validity }: Analysis): readonly Note[] {
  const told = new Set(validity?.reasons.map(({ id }) => id));
  return ORDER.flatMap((level) => notes.filter((note) => note.level === level && !told.has(note.id)));
}

import { view as accuracyView } from '../../../analyzers/accuracy/view.js';
import { view as coldStartView } from '../../../analyzers/coldStart/view.js';
import { gpuSentences } from '../../../analyzers/gpu/words.js';
import type { Analysis } from '../../../analyzers/index.js';
import { useSentence } from '../../../analyzers/latency/useView.js';
import { view as operatorsView } from '../../../analyzers/operators/view.js';
import { view as placementView } from '../../../analyzers/placement/view.js';
import { view as qoeView } from '../../../analyzers/qoe/view.js';
import type { Step } from '../../../analyzers/steps/step.js';
import { savingText } from '../../../analyzers/steps/view.js';
import { view as videoView } from '../../../analyzers/video/view.js';
import { formatConfidence } from '../../../analyzers/windows/confidence.js';
import { inertText } from '../../text/inertText.js';
import { formatMs, formatPlural } from '../../view/format.js';
import { answer } from '../answer.js';
import { nothingRan } from '../nothingRan.js';
import { shareLines } from './causeLines.js';
import { figuresText, firstSentence, relevantNotes, subjectLine, verdictLines } from './headLines.js';
import { clip, type Screen, screen, type TerminalOptions, wrapBelow } from './screen.js';
import { terminalLines } from './terminalLines.js';

/** Lines of the summary on a screen of 80 columns and more; another one says where the report is. */
const MOST_LINES = 14;
const MOST_STEPS = 3;
/** A sentence that is longer than this is of names that nobody reads here; `--verbose` has all of it. */
const MOST_OF_A_SENTENCE = 3;

/**
 * An analysis in short: whether it is a valid measurement and of what, what was measured, where the time goes, and last what to do.
 * Where there is no terminal nothing is wrapped. Names from outside are made inert. Ends without a line break.
 */
export function renderTerminal(analysis: Analysis, options: TerminalOptions): string {
  const view = screen(options);
  const head = [...verdictLines(analysis, view, 'void'), ...subjectLine(analysis, view), ...verdictLines(analysis, view, 'fair')];
  const figures = figureLines(analysis, view);
  const steps = withOwnStep(analysis.steps ?? []).map(shortStep);
  const lines = [...head, ...figures];
  // Where the time goes needs room beside the first step, and details beside the first two.
  const roomBeside = (count: number): number => {
    const drawn = stepLines(steps.slice(0, count), view, Number.POSITIVE_INFINITY);
    return MOST_LINES - lines.length - 1 - (drawn.length > 0 ? drawn.length + 1 : 0);
  };
  const shares = shareLines(analysis, view);
  if (shares.length <= roomBeside(1)) lines.push(...shares);
  for (const detail of detailLines(analysis, view)) if (detail.length <= roomBeside(2)) lines.push(...detail);
  const drawnSteps = stepLines(steps, view, MOST_LINES - lines.length - 2);
  return [
    ...lines,
    ...(drawnSteps.length > 0 ? [view.paint.bold('Do this'), ...drawnSteps] : []),
    view.paint.dim(clip(footerLine(analysis), view.width)),
  ].join('\n');
}

/** The steps, with one that the reader can make among those that are shown, where there is one. */
function withOwnStep(steps: readonly Step[]): readonly Step[] {
  const own = steps.findIndex(({ who }) => who === 'you');
  if (own < MOST_STEPS) return steps;
  return steps.toSpliced(own, 1).toSpliced(MOST_STEPS - 1, 0, steps[own]!);
}

const sentenceLines = (text: string, { width }: Screen, indent = '  '): string[] => {
  const lines = wrapBelow(text, width, indent);
  if (lines.length <= MOST_OF_A_SENTENCE) return lines;
  return [...lines.slice(0, MOST_OF_A_SENTENCE - 1), `${lines[MOST_OF_A_SENTENCE - 1]!.slice(0, -1)}…`];
};

/** What was measured: a latency, inferences that were found, or what ran at all. */
function figureLines(analysis: Analysis, screen: Screen): string[] {
  const { page, partition, latency, kernelTotals, validity } = analysis;
  const { paint, width } = screen;
  const figures = figuresText(analysis, width);
  if (figures !== null) {
    const lines = sentenceLines(figures, screen).map(validity?.verdict === 'void' ? paint.dim : paint.bold);
    return [...lines, ...foundLine(analysis, screen)];
  }
  if (page) return nothingRan(analysis).flatMap((text) => sentenceLines(text, screen));
  if (kernelTotals && !partition) return terminalLines(operatorsView.brief(analysis), screen);
  if (partition)
    return sentenceLines(`${formatPlural(partition.windows, 'window')}, median ${formatMs(partition.windowMedianMs)}`, screen);
  if (latency) return [];
  return answer(analysis)
    .sentences.slice(0, 2)
    .flatMap((text) => sentenceLines(text, screen));
}

/** Of a page, how many inferences were found, how sure that is, and by what, as far as there is room. */
function foundLine({ inferences, page }: Analysis, { width }: Screen): string[] {
  if (!page || !inferences || inferences.count === 0) return [];
  const { count, source, confidence } = inferences;
  const known = `${formatPlural(count, 'inference')} found, confidence ${formatConfidence(confidence)}`;
  return [clip(source === null ? known : `${known}: by ${inertText(source, 200)}`, width)];
}

/** What this kind of run has beside a latency: of a page its use, the GPU, a ladder’s factors, a page in use, accuracy. */
function detailLines(analysis: Analysis, screen: Screen): string[][] {
  const use = useSentence(analysis.use);
  const [gpu] = gpuSentences(analysis);
  const factors = factorsText(analysis);
  return [
    use === null ? [] : sentenceLines(use, screen),
    gpu === undefined ? [] : sentenceLines(firstSentence(gpu), screen),
    factors === null ? [] : sentenceLines(factors, screen),
    (analysis.fallbacks?.elsewhere ?? 0) > 0 ? terminalLines(placementView.brief(analysis), screen) : [],
    ...[qoeView, accuracyView, videoView, coldStartView].map((view) => terminalLines(view.brief(analysis), screen)),
  ].filter((lines) => lines.length > 0);
}

const MOST_FACTORS = 3;
/** A smaller part of the gap is no factor to name. */
const LEAST_OF_GAP = 0.01;

/** "Of the gap: Instruction set, at most 35.7 ms · Bounds checks 0.94 ms"; null without a ladder. */
function factorsText({ gap }: Analysis): string | null {
  const effects = [...(gap?.effects ?? [])].sort((a, b) => Math.abs(b.ms) - Math.abs(a.ms));
  const wholeMs = effects.reduce((sum, { ms }) => sum + Math.abs(ms), 0);
  const named = effects.filter(({ ms }) => Math.abs(ms) >= LEAST_OF_GAP * wholeMs).slice(0, MOST_FACTORS);
  if (named.length === 0) return null;
  return `Of the gap: ${named.map(({ title, ms }) => `${inertText(title, 80)} ${formatMs(ms)}`).join(' · ')}`;
}

interface ShortStep {
  readonly text: string;
  /** A command, or a line of code; empty where there is none, or more of it. */
  readonly action: readonly string[];
}

/** "Use 2 threads: 18.4 ms (95 % 3.3–33.5) · you": what it saves of each prediction, unless it says of what else. */
function shortStep({ title, saves, who, action: { command, code } }: Step): ShortStep {
  const amount = savingText(saves)
    .replace(/^sav(es|ing) /, '')
    .replace(/ of each prediction$/, '');
  // What others are to change in their code is longer than a line; the report has it.
  const lines = command !== null ? [command] : who === 'you' ? (code?.split('\n') ?? []) : [];
  return {
    text: `${inertText(title, 400)}: ${amount} · ${who}`,
    action: lines.length > 1 ? [] : lines.map((line) => inertText(line, 2000)),
  };
}

/**
 * The first steps in as many lines: what to do, what it saves and who can do it, with a command or code. The first step is whole in
 * any case; of the others commands are left out first.
 */
function stepLines(steps: readonly ShortStep[], { paint, width }: Screen, room: number): string[] {
  const drawn = steps.slice(0, MOST_STEPS).map(({ text, action }, place) => ({
    text: wrapBelow(`  ${place + 1}. ${text}`, width, '     '),
    action: action.flatMap((line) => wrapBelow(`     ${line}`, width, '     ')).map(paint.cyan),
  }));
  let left = room;
  const takes = (lines: readonly string[], always = false): boolean => {
    const fits = always || lines.length <= left;
    if (fits) left -= lines.length;
    return fits;
  };
  const [first] = drawn;
  if (first) takes([...first.text, ...first.action], true);
  // Where one does not fit, those after it are left out too.
  let isOpen = true;
  const texts = drawn.map(({ text }, place) => {
    isOpen = isOpen && (place === 0 || takes(text));
    return isOpen;
  });
  const actions = drawn.map(({ action }, place) => place === 0 || (texts[place] === true && takes(action)));
  return drawn.flatMap(({ text, action }, place) => [...(texts[place] ? text : []), ...(actions[place] ? action : [])]);
}

/** What is left out here, and where it is. */
function footerLine(analysis: Analysis): string {
  const steps = analysis.steps?.length ?? 0;
  const notes = relevantNotes(analysis);
  const count = (level: string): number => notes.filter((note) => note.level === level).length;
  const [warnings, lacks] = [count('warning'), count('lack')];
  const parts = [
    ...(steps > MOST_STEPS ? [formatPlural(steps - MOST_STEPS, 'more step')] : []),
    ...(warnings > 0 ? [formatPlural(warnings, 'warning')] : []),
    ...(lacks > 0 ? [`${lacks} not measured`] : []),
  ];
  return parts.length > 0 ? `${parts.join(', ')}: --verbose` : 'All of it: --verbose';
}

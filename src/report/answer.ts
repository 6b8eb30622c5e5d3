import { belowOneText } from '../../analyzers/gap/ratioText.js';
import { gpuSentences } from '../../analyzers/gpu/words.js';
import type { Analysis } from '../../analyzers/index.js';
import { quotedPrediction } from '../../analyzers/latency/quotedPrediction.js';
import { useSentence } from '../../analyzers/latency/useView.js';
import { isOftenBlocked } from '../../analyzers/pageState/mainThread.js';
import { blockedText } from '../../analyzers/pageState/words.js';
import { midSentence } from '../../analyzers/partition/causes/index.js';
import { type CauseTime, typicalText } from '../../analyzers/partition/partition.js';
import { formatConfidence } from '../../analyzers/windows/confidence.js';
import { inertText } from '../text/inertText.js';
import {
  formatBytes,
  formatChange,
  formatCi95,
  formatCount,
  formatMs,
  formatPlural,
  formatRatio,
  formatShare,
  formatTiny,
} from '../view/format.js';
import { nothingRan } from './nothingRan.js';

/** What the analysis says, in plain sentences; the page and the terminal both begin with it. */
export interface Answer {
  readonly sentences: readonly string[];
  /** How far the sentences can be trusted: what is doubtful is in the notes, unless there is nothing else to say. */
  readonly certainty: readonly string[];
}

export function answer(analysis: Analysis): Answer {
  return { sentences: sentences(analysis), certainty: certainty(analysis) };
}

/**
 * The same for a page that has its main numbers as figures: what comes before the steps, which is the main thing, and what comes
 * after them.
 */
export function answerBesideFigures(analysis: Analysis): { readonly first: readonly string[]; readonly more: readonly string[] } {
  const { inferences, latency, partition } = analysis;
  if (inferences?.count === 0 || (!latency && !partition)) return { first: sentences(analysis), more: [] };
  const below = analysis.gap && belowOneText(analysis.gap);
  const known = (list: readonly (string | null)[]): string[] => list.filter((sentence) => sentence !== null);
  return {
    first: known([blockedSentence(analysis), below && `It is below 1: ${below}.`, causesSentence(analysis)]),
    more: known([useSentence(analysis.use), ...gpuSentences(analysis)]),
  };
}

/** The causes that together explain most of the time: the largest first, until they cover nine tenths; three at most. */
export function mainCauses(causes: readonly CauseTime[]): readonly CauseTime[] {
  const sorted = [...causes].sort((a, b) => b.share - a.share);
  const named: CauseTime[] = [];
  let sum = 0;
  for (const cause of sorted) {
    if (named.length === 3 || sum >= 0.9 || cause.share < 0.01) break;
    named.push(cause);
    sum += cause.share;
  }
  return named;
}

function sentences(analysis: Analysis): string[] {
  const list = [
    foundSentence(analysis),
    latencySentence(analysis),
    blockedSentence(analysis),
    useSentence(analysis.use),
    ...gpuSentences(analysis),
    causesSentence(analysis),
  ].filter((sentence) => sentence !== null);
  if (!analysis.partition) list.push(...traceSentences(analysis));
  return list;
}

/** How many inferences were found, from what evidence, and with which confidence; or how far the page came. */
function foundSentence(analysis: Analysis): string | null {
  const { inferences, page } = analysis;
  if (!inferences || !page) return null;
  if (inferences.count === 0) return nothingRan(analysis).join(' ');
  return `${foundText(inferences)}.`;
}

/** "9 inferences found by bursts of Wasm samples, confidence 0.58 of 1" */
export function foundText({ count, source, confidence }: NonNullable<Analysis['inferences']>): string {
  return `${formatPlural(count, 'inference')} found by ${inertText(source ?? '', 120)}, confidence ${formatConfidence(confidence)}`;
}

function latencySentence(analysis: Analysis): string | null {
  const quoted = quotedPrediction(analysis);
  if (!quoted) return null;
  const { prediction, traced } = quoted;
  const own = `${formatMs(prediction.medianMs)} (${formatCi95(prediction.ci95Ms, prediction.medianMs)}, n = ${formatCount(prediction.n)})`;
  const takes = traced
    ? `Under the trace, a prediction takes ${own}; it was not timed without recording`
    : `A prediction takes ${own}`;
  const { gap } = analysis;
  if (!gap) return `${takes}.`;
  const times = `${formatRatio(gap.ratio)} native (${formatCi95(gap.ratioCi95, gap.ratio)})`;
  const below = belowOneText(gap);
  const why = below === null ? '' : ` A ratio below 1: ${below}.`;
  return `${takes}, ${times}.${why} Native takes ${formatMs(gap.nativeMs)} (${formatCi95(gap.nativeCi95Ms, gap.nativeMs)}; ${inertText(gap.baseline)}).`;
}

function blockedSentence({ mainThread }: Analysis): string | null {
  return mainThread && isOftenBlocked(mainThread) ? `The page’s main thread is ${blockedText(mainThread)}` : null;
}

function causesSentence(analysis: Analysis): string | null {
  const { partition } = analysis;
  const main = mainCauses(partition?.causes ?? []);
  if (!partition || main.length === 0) return null;
  const [first, ...rest] = main.map((cause) => inertText(midSentence(cause.title), 60));
  const others = rest.map((cause, i) => `, ${formatShare(main[i + 1]!.share)} to ${cause}`).join('');
  const whole = quotedPrediction(analysis)
    ? 'a prediction’s time'
    : `a typical window’s time (${formatMs(partition.typical.ms)})`;
  return `${formatShare(main[0]!.share)} of ${whole} goes to ${first}${others}.`;
}

function traceSentences(analysis: Analysis): string[] {
  const { trace, partition, source } = analysis;
  const list: string[] = [];
  if (trace) {
    const threads = trace.processes.reduce((sum, process) => sum + process.threads, 0);
    list.push(
      `The ${source.kind === 'trace' ? 'trace' : 'bundle’s trace'} holds ${formatPlural(trace.events, 'event')} over ${formatSeconds(trace.durationMs)} (${formatBytes(trace.bytes)}), from ${formatPlural(trace.processes.length, 'process')} with ${formatPlural(threads, 'thread')}.`,
    );
  }
  const measures = (trace?.measures ?? []).slice(0, 3);
  if (!partition && measures.length > 0) {
    const named = measures.map(
      (each) => `${inertText(each.name, 40)} (${formatCount(each.count)}×, median ${formatMs(each.medianMs)})`,
    );
    list.push(`The page measured itself with performance.measure(): ${named.join(', ')}.`);
  }
  if (!partition && !analysis.page) {
    list.push('No window of an inference was found, so there is no latency to quote and no time to split into causes.');
  }
  return list;
}

function certainty(analysis: Analysis): string[] {
  const { latency, partition, outputs, notes, inferences } = analysis;
  if (!latency && !partition)
    return notes
      .filter((note) => note.level !== 'info')
      .map((note) => inertText(note.text, 300))
      .slice(0, 4);
  const list: string[] = [];
  if (analysis.page && inferences?.confidenceWhy) {
    list.push(
      `Confidence ${formatConfidence(inferences.confidence)} that these are the inferences: ${inertText(inferences.confidenceWhy, 300)}`,
    );
  }
  if (latency && (!analysis.page || latency.observerEffect !== null)) {
    list.push(observerSentence(latency.observerEffect, latency.observerEffectCi95));
  }
  if (partition) {
    list.push(
      `Causes are those of ${typicalText(partition)} (windows: ${inertText(partition.windowSource)}). They sum to each window; ${formatShare(partition.unattributedShare)} of the time no rule could claim.`,
    );
  }
  if (outputs?.match) {
    const worst = Math.max(0, ...outputs.outputs.map((output) => output.maxRelativeDifference ?? 0));
    list.push(`Browser and native outputs agree to ${formatTiny(worst)} (tolerance ${formatTiny(outputs.tolerance)}).`);
  }
  return list;
}

function observerSentence(effect: number | null, ci: readonly [number, number] | null): string {
  if (effect === null) return 'What the recording itself costs is unknown: there is no timing pass beside the trace pass.';
  const known = ci?.every(Number.isFinite);
  const interval = ci ? ` (${known ? `95 % ${formatChange(ci[0] - 1)} to ${formatChange(ci[1] - 1)}` : 'no 95 % interval'})` : '';
  const noise = ci && known && ci[0] <= 1 && ci[1] >= 1 ? ', which cannot be told from noise' : '';
  return `Recording changes the time of a prediction by ${formatChange(effect - 1)}${interval}${noise}: the observer effect, recorded over unrecorded median.`;
}

function formatSeconds(ms: number): string {
  return ms >= 10_000 ? `${(ms / 1000).toLocaleString('en-US', { maximumFractionDigits: 1 })} s` : formatMs(ms);
}

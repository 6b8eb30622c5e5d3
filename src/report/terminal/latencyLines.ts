import type { Analysis } from '../../../analyzers/index.js';
import type { Interval } from '../../stats/interval.js';
import { inertText } from '../../text/inertText.js';
import { formatCi95, formatCount, formatMs, formatRatio, formatShare } from '../../view/format.js';
import { quotedPrediction, signedShare } from '../answer.js';
import { cell, clip, type Screen } from './screen.js';

/** Prediction, native and their ratio one below the other; then setup, warm-up and the observer effect in one line. */
export function latencyLines(analysis: Analysis, { paint, width }: Screen): string[] {
  const quoted = quotedPrediction(analysis);
  const { latency, gap } = analysis;
  if (!quoted || !latency) return [];
  const row = (name: string, value: string, ci: Interval, around: number, rest: string) => {
    const label = cell(name, 12);
    const tail = clip(`  ${formatCi95(ci, around)}${rest ? `, ${rest}` : ''}`, width - 12 - 10);
    return `${label}${paint.bold(cell(value, 10, 'right'))}${paint.dim(tail)}`;
  };
  const { prediction, traced } = quoted;
  const lines = [
    row(
      'Prediction',
      formatMs(prediction.medianMs),
      prediction.ci95Ms,
      prediction.medianMs,
      `n = ${formatCount(prediction.n)}${traced ? ', under the trace' : ''}`,
    ),
  ];
  if (gap) {
    lines.push(row('Native', formatMs(gap.nativeMs), gap.nativeCi95Ms, gap.nativeMs, inertText(gap.baseline)));
    lines.push(row('Ratio', formatRatio(gap.ratio), gap.ratioCi95, gap.ratio, 'browser over native'));
    for (const { baseline, nativeMs, nativeCi95Ms, ratio } of gap.others) {
      lines.push(
        row('Also native', formatMs(nativeMs), nativeCi95Ms, nativeMs, `browser ${formatRatio(ratio)}, ${inertText(baseline)}`),
      );
    }
  }
  if (gap && gap.effects.length > 0) lines.push(clip(`${cell('Gap', 12)}${effectsLine(gap)}`, width));
  if (gap && gap.scaling.length > 0) lines.push(clip(`${cell('Threads', 12)}${scalingLine(gap)}`, width));
  const effect = latency.observerEffect === null ? 'unknown' : signedShare(latency.observerEffect - 1);
  if (analysis.page) return [...lines, paint.dim(clip(`${pageLine(latency)} · recording ${effect}`, width))];
  const others = `Setup ${formatMs(latency.setupMs)} · warm-up ${formatMs(latency.warmupMs)} · recording ${effect}`;
  return [...lines, paint.dim(clip(others, width))];
}

/** Loading and warm-up of a page, as far as they were seen. */
function pageLine({ setupMs, warmupMs, settling }: NonNullable<Analysis['latency']>): string {
  if (setupMs === null && warmupMs === null) return 'Load and warm-up were not recorded';
  const unsettled = settling
    ? ` · ${formatCount(settling.predictions)} more that stand out, from ${formatMs(settling.firstMs)}`
    : '';
  return `Load ${formatMs(setupMs)} · warm-up ${formatMs(warmupMs)}${unsettled}`;
}

/** Latency by number of threads, and how much of each thread is used. */
function scalingLine({ scaling }: NonNullable<Analysis['gap']>): string {
  return scaling
    .map(
      ({ threads, medianMs, efficiency }) =>
        `${formatCount(threads)}: ${formatMs(medianMs)}${threads === 1 ? '' : ` (${formatShare(efficiency)} efficient)`}`,
    )
    .join(' · ');
}

/** What the gap is made of, largest first. */
function effectsLine({ effects }: NonNullable<Analysis['gap']>): string {
  const largest = [...effects].sort((a, b) => Math.abs(b.ms) - Math.abs(a.ms));
  return largest.map(({ id, ms }) => `${inertText(id, 40)} ${formatMs(ms)}`).join(' · ');
}

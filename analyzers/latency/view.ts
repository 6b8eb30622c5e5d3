import type { Interval } from '../../src/stats/interval.js';
import { aside, type Column, figure, type Line, line, paragraph, table, valueLine } from '../../src/view/block.js';
import { formatChange, formatCi95, formatCount, formatMs, formatName, formatRatio, formatShare } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import type { Gap } from '../gap/gap.js';
import { ratioText } from '../gap/ratioText.js';
import type { PageFacts } from '../recording/describe.js';
import type { Latency, Prediction } from './latency.js';
import { modesText } from './modes.js';
import { phasesChart } from './phasesChart.js';
import { quotedPrediction } from './quotedPrediction.js';
import { samplesChart } from './samplesChart.js';
import type { Use } from './use.js';
import { useBlocks, useLines } from './useView.js';

/** The parts of an analysis that this view shows. */
export interface LatencyShown {
  readonly latency: Latency | null;
  /** Comparison with the native run. */
  readonly gap: Gap | null;
  /** Set for a watched page, which has one pass and no native run. */
  readonly page: PageFacts | null;
  /** What stands around the model in a page. */
  readonly use: Use | null;
}

/** Setup, warm-up and prediction: timed, traced and native. */
export const view: View<LatencyShown> = {
  id: 'latency',
  title: 'Latency',
  words: {
    'Observer effect': 'Median under the trace over the median of the timing pass: what recording costs.',
    Use: 'What a page’s user waits for: the model, and what the page’s scripts and other Wasm do before and after it in the same tasks.',
  },
  blocks({ latency, gap, page, use }) {
    if (!latency) return useBlocks(use);
    const modes = modesText(latency);
    const samples = samplesChart(latency, gap);
    const phases = page ? null : phasesChart(latency, gap);
    const ticks = page ? 'Every inference but the first ones' : 'Every prediction measured';
    return [
      ...(modes === null
        ? []
        : [paragraph(`Processes keep to one of two levels: ${modes}. The median that is quoted lies between them.`)]),
      table('Latency by phase', page ? pageColumns : columns, rows(latency, gap)),
      ...(samples ? [figure(samples, `${ticks}, one tick each; the dot is the median, the line its 95 % interval.`)] : []),
      ...(phases ? [figure(phases, 'The three phases; circles are the browser, diamonds native.')] : []),
      ...useBlocks(use),
    ];
  },
  /** Prediction, a page’s use of it, native and their ratio in a column; then setup, warm-up and the observer effect in one line. */
  brief({ latency, gap, page, use }) {
    const quoted = quotedPrediction({ latency, page });
    if (!quoted || !latency) return useLines(use);
    const { prediction, traced } = quoted;
    const modes = modesText(latency);
    const recording = `recording ${latency.observerEffect === null ? 'unknown' : formatChange(latency.observerEffect - 1)}`;
    const before = page ? loadText(latency) : `Setup ${formatMs(latency.setupMs)} · warm-up ${formatMs(latency.warmupMs)}`;
    return [
      valueLine(
        'Prediction',
        formatMs(prediction.medianMs),
        `${formatCi95(prediction.ci95Ms, prediction.medianMs)}, n = ${formatCount(prediction.n)}${traced ? ', under the trace' : ''}`,
      ),
      ...(modes === null ? [] : [line('Two modes', modes)]),
      ...useLines(use),
      ...(gap ? gapLines(gap) : []),
      aside(`${before} · ${recording}`),
    ];
  },
};

interface Row {
  readonly phase: string;
  readonly timed: Measured;
  readonly traced: Measured;
  readonly native: Measured;
}

interface Measured {
  readonly ms: number | null;
  readonly ci95: Interval | null;
}

function column(id: string, head: string, of: 'timed' | 'traced' | 'native'): Column<Row> {
  return { id, head, kind: 'ms', value: (row) => row[of].ms, ci95: (row) => row[of].ci95 };
}

const phaseColumn: Column<Row> = { id: 'phase', head: 'Phase', kind: 'text', value: ({ phase }) => phase };

const columns: readonly Column<Row>[] = [
  phaseColumn,
  column('browserMs', 'Browser, timing pass', 'timed'),
  column('tracedMs', 'Browser, trace pass', 'traced'),
  column('nativeMs', 'Native', 'native'),
  {
    id: 'ratio',
    head: 'Browser over native',
    kind: 'ratio',
    value: ({ timed, native }) => (timed.ms && native.ms ? timed.ms / native.ms : null),
  },
];

/** A page has one pass, which is recorded. */
const pageColumns: readonly Column<Row>[] = [phaseColumn, column('browserMs', 'While recording', 'timed')];

function rows({ setupMs, warmupMs, settling, prediction, traced }: Latency, gap: Gap | null): readonly Row[] {
  const single = (ms: number | null | undefined): Measured => ({ ms: ms ?? null, ci95: null });
  const median = (of: Prediction | null): Measured => ({ ms: of?.medianMs ?? null, ci95: of?.ci95Ms ?? null });
  return [
    { phase: 'Setup', timed: single(setupMs), traced: single(traced.setupMs), native: single(gap?.nativeSetupMs) },
    { phase: 'Warm-up', timed: single(warmupMs), traced: single(traced.warmupMs), native: single(gap?.nativeWarmupMs) },
    ...(settling
      ? [{ phase: 'First prediction after it', timed: single(settling.firstMs), traced: single(null), native: single(null) }]
      : []),
    {
      phase: 'Prediction',
      timed: median(prediction),
      traced: median(traced.prediction),
      native: { ms: gap?.nativeMs ?? null, ci95: gap?.nativeCi95Ms ?? null },
    },
  ];
}

/** Loading and warm-up of a page, as far as they were observed. */
function loadText({ setupMs, warmupMs, settling }: Latency): string {
  if (setupMs === null && warmupMs === null) return 'Load and warm-up were not recorded';
  const unsettled = settling
    ? ` · ${formatCount(settling.predictions)} more that stand out, from ${formatMs(settling.firstMs)}`
    : '';
  return `Load ${formatMs(setupMs)} · warm-up ${formatMs(warmupMs)}${unsettled}`;
}

/**
 * Native runs and the ratio to them; effects, largest first and without the prefix of their ids; latency by number of threads.
 */
function gapLines(gap: Gap): Line[] {
  const { baseline, nativeMs, nativeCi95Ms, ratio, ratioCi95, others, effects, scaling } = gap;
  const parts = [...effects]
    .sort((a, b) => Math.abs(b.ms) - Math.abs(a.ms))
    .map(({ id, ms }) => `${formatName(id.replace(/^effect\./, ''))} ${formatMs(ms)}`);
  const threads = scaling.map(
    ({ threads, medianMs, efficiency }) =>
      `${formatCount(threads)}: ${formatMs(medianMs)}${threads === 1 ? '' : ` (${formatShare(efficiency)} efficient)`}`,
  );
  return [
    valueLine('Native', formatMs(nativeMs), `${formatCi95(nativeCi95Ms, nativeMs)}, ${formatName(baseline, 120)}`),
    valueLine('Ratio', formatRatio(ratio), `${formatCi95(ratioCi95, ratio)}, ${ratioText(gap)}`),
    ...others.map((other) =>
      valueLine(
        'Also native',
        formatMs(other.nativeMs),
        `${formatCi95(other.nativeCi95Ms, other.nativeMs)}, browser ${formatRatio(other.ratio)}, ${formatName(other.baseline, 120)}`,
      ),
    ),
    ...(parts.length > 0 ? [line('Gap', parts.join(' · '))] : []),
    ...(threads.length > 0 ? [line('Threads', threads.join(' · '))] : []),
  ];
}

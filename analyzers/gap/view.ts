import { type Block, type Column, figure, paragraph, table } from '../../src/view/block.js';
import { formatCi95, formatMs, formatRatio, formatTiny } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import type { Latency } from '../latency/latency.js';
import { quotedPrediction } from '../latency/quotedPrediction.js';
import { causePaint } from '../partition/causes/index.js';
import type { PageFacts } from '../recording/describe.js';
import { effectsChart } from './effectsChart.js';
import type { Gap } from './gap.js';
import { belowOneText } from './ratioText.js';

/** The parts of an analysis that this view shows. */
export interface GapShown {
  readonly gap: Gap | null;
  readonly latency: Latency | null;
  readonly page: PageFacts | null;
}

/**
 * The gap to native, and the effect of each factor where a ladder was measured. The colour of an effect is that of its rung’s
 * family.
 */
export const view: View<GapShown> = {
  id: 'gap',
  title: 'Gap to native',
  words: {},
  blocks({ gap, latency, page }) {
    if (!gap) return [];
    const quoted = quotedPrediction({ latency, page })?.prediction ?? null;
    const gapMs = quoted && quoted.medianMs - gap.nativeMs;
    return [
      paragraph(gapText(gap, gapMs)),
      ...gap.others.map((other) => paragraph(otherText(other))),
      ...(gap.effects.length === 0
        ? [
            paragraph(
              'What single factors contribute was not measured; that takes a ladder, a chain of runs that differ in one factor each.',
            ),
          ]
        : [
            figure(
              effectsChart(gap, quoted),
              'Each bar starts where the one above it ended; thin lines are 95 % intervals of the single effect.',
            ),
            table('Effects, each from an interleaved pair of runs', effectColumns(gapMs), gap.effects),
            ...(gap.scaling.length > 0 ? [table('The page as used, by number of threads', scalingColumns, gap.scaling)] : []),
            ...besideBlocks(gap),
          ]),
    ];
  },
  brief: () => [],
};

function gapText(gap: Gap, gapMs: number | null): string {
  const { baseline, nativeMs, nativeCi95Ms, ratio, ratioCi95 } = gap;
  const below = belowOneText(gap);
  const why = below === null ? '' : ` A ratio below 1: ${below}.`;
  const size = gapMs === null ? '' : ` The gap is ${formatMs(gapMs)}.`;
  return `Native is ${baseline}: ${formatMs(nativeMs)} (${formatCi95(nativeCi95Ms, nativeMs)}).${size} The browser takes ${formatRatio(ratio)} as long (${formatCi95(ratioCi95, ratio)}).${why}`;
}

/** The ratio to another native run. The gap itself has one baseline only. */
function otherText({ baseline, nativeMs, nativeCi95Ms, ratio, ratioCi95 }: Gap['others'][number]): string {
  return `Beside it, ${baseline} takes ${formatMs(nativeMs)} (${formatCi95(nativeCi95Ms, nativeMs)}); the browser takes ${formatRatio(ratio)} as long as that (${formatCi95(ratioCi95, ratio)}).`;
}

const effectColumns = (gapMs: number | null): readonly Column<Gap['effects'][number]>[] => [
  {
    id: 'effect',
    head: 'Effect',
    kind: 'text',
    value: ({ title }) => title,
    fill: ({ alias }) => causePaint(alias).fill,
  },
  { id: 'id', head: 'Id', kind: 'code', value: ({ id }) => id, in: ['data'] },
  { id: 'ms', head: 'Time', kind: 'ms', value: ({ ms }) => ms, ci95: ({ ci95Ms }) => ci95Ms },
  {
    id: 'shareOfGap',
    head: 'Of the gap',
    kind: 'share',
    value: ({ ms }) => (gapMs === null || gapMs === 0 ? null : ms / gapMs),
  },
  {
    id: 'advice',
    head: 'What to do, and how it was measured',
    kind: 'text',
    value: ({ advice }) => advice,
    note: ({ evidence }) => evidence,
  },
];

const scalingColumns: readonly Column<Gap['scaling'][number]>[] = [
  { id: 'threads', head: 'Threads', kind: 'count', value: ({ threads }) => threads },
  { id: 'medianMs', head: 'Prediction', kind: 'ms', value: ({ medianMs }) => medianMs, ci95: ({ ci95Ms }) => ci95Ms },
  { id: 'speedup', head: 'Faster than one', kind: 'ratio', value: ({ speedup }) => speedup },
  {
    id: 'efficiency',
    head: 'Efficiency',
    kind: 'share',
    value: ({ efficiency }) => efficiency,
    ci95: ({ threads, efficiencyCi95 }) => (threads === 1 ? null : efficiencyCi95),
  },
];

/** The side runs, without other numbers of threads, which are in the table. */
function besideBlocks({ beside, scaling }: Gap): Block[] {
  const shown = beside.filter(({ id }) => !scaling.some(({ threads }) => id === `threads.${threads}`));
  if (shown.length === 0) return [];
  return [table('One thing changed, in the same rounds; not part of the gap', changeColumns, shown)];
}

const changeColumns: readonly Column<Gap['beside'][number]>[] = [
  { id: 'what', head: 'Changed', kind: 'text', value: ({ title }) => title },
  { id: 'id', head: 'Id', kind: 'code', value: ({ id }) => id, in: ['data'] },
  { id: 'ratio', head: 'Of the page as used', kind: 'ratio', value: ({ ratio }) => ratio, ci95: ({ ratioCi95 }) => ratioCi95 },
  { id: 'ms', head: 'Difference', kind: 'ms', value: ({ ms }) => ms, ci95: ({ ci95Ms }) => ci95Ms },
  { id: 'outputs', head: 'Outputs', kind: 'text', value: outputsText },
  {
    id: 'outputDifference',
    head: 'Largest difference of outputs',
    kind: 'tiny',
    value: ({ outputDifference }) => outputDifference,
    in: ['data'],
  },
  {
    id: 'advice',
    head: 'What it means, and how it was measured',
    kind: 'text',
    value: ({ advice }) => advice,
    note: ({ evidence }) => evidence,
  },
];

function outputsText({ outputsAgree, outputDifference }: Gap['beside'][number]): string | null {
  if (outputsAgree === null) return null;
  if (!outputsAgree) return 'other outputs, so the time says nothing';
  return outputDifference === 0 ? 'equal' : `equal within ${formatTiny(outputDifference)} of the largest value`;
}

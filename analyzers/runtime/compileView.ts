import { lastPart } from '../../src/text/lastPart.js';
import {
  type Block,
  type Column,
  figure,
  fold,
  heading,
  type Line,
  lead,
  paragraph,
  remark,
  sentence,
  table,
} from '../../src/view/block.js';
import { formatCount, formatMs, formatName, formatPlural, formatShare } from '../../src/view/format.js';
import { fillOf } from '../../src/view/palette.js';
import type { BeforeTopTier } from './beforeTopTier.js';
import type { CompilePhase, CompileRow, CompileUse } from './compile.js';
import { compileChart } from './compileChart.js';
import { tierTitle } from './compileSpans.js';

const ROWS_SHOWN = 12;
const FUNCTIONS_SHOWN = 5;
/** Compile work below this share of the total is not shown, unless the run waited for it. */
const MIN_SHARE = 0.001;
/** Less than this on the critical path counts as nothing. */
const MIN_WAIT_MS = 0.05;
/** Waiting for the compiler is noteworthy above this share of a phase. */
const MIN_WAITING_SHARE = 0.25;
/** Predictions in code that was replaced later are noteworthy if their share is certainly above this. */
const MIN_EARLY_SHARE = 0.1;

const CRITICAL_TEXT =
  'The critical path is what setup, warm-up and predictions waited for, in wall time; the rest lay beside it on other threads. Being preempted while compiling is in it here, and a cause of its own in the split above.';

/** What was compiled and when, how much of it the run waited for, and what ran before the top tier was done. */
export function compileBlocks(compile: CompileUse, windows: number): Block[] {
  const { timeline, phases, beforeTopTier } = compile;
  const tiers = [...new Set(timeline.rows.map(({ tier }) => tier))];
  const legend = tiers.map((tier) => ({ fill: fillOf('compile', tier), text: tierTitle(tier) }));
  const isShown = ({ totalMs, criticalMs }: CompileRow): boolean => totalMs > MIN_SHARE * compile.totalMs || criticalMs >= 1;
  const shown = compile.rows.filter(isShown);
  const rows = [...shown, ...compile.rows.filter((row) => !isShown(row))];
  return [
    lead(compileSentence(compile)),
    ...(phases.setup && phases.setup.awaitedMs >= 1 ? [paragraph(awaitedSentence(phases.setup))] : []),
    ...(timeline.rows.length > 0 ? [figure(compileChart(compile), leftOutSentence(timeline.threadsLeftOut), legend)] : []),
    table(
      'Compile work by kind and module, summed over threads',
      columns,
      rows,
      Math.min(ROWS_SHOWN, shown.length),
      compile.rowsLeftOut,
    ),
    remark(CRITICAL_TEXT),
    ...(beforeTopTier ? topTierBlocks(beforeTopTier, windows) : []),
  ];
}

/** At most two lines: long waits for the compiler, and predictions that certainly ran code before its tier-up. */
export function compileLines({ phases: { setup, warmup, predictions }, beforeTopTier }: CompileUse, windows: number): Line[] {
  const waits = (
    [
      ['setup', setup],
      ['warm-up', warmup],
      ['predictions', predictions],
    ] as const
  ).flatMap(([name, phase]) =>
    phase && phase.criticalMs > MIN_WAITING_SHARE * phase.windowMs
      ? [`${formatMs(phase.criticalMs)} of the traced ${name}’s ${formatMs(phase.windowMs)}`]
      : [],
  );
  const isEarly = beforeTopTier?.predictions && beforeTopTier.predictions.atLeast > MIN_EARLY_SHARE;
  return [
    ...(waits.length > 0 ? [sentence(`Waiting for the compiler: ${waits.join(', ')}`)] : []),
    ...(beforeTopTier && isEarly ? [sentence(topTierSentence(beforeTopTier, windows))] : []),
  ];
}

/** How much was compiled, and how much of that the run waited for. */
function compileSentence({ totalMs, phases }: CompileUse): string {
  const waited = (phase: CompilePhase | null, of: string): readonly (readonly [number, string])[] =>
    phase && phase.criticalMs >= MIN_WAIT_MS ? [[phase.criticalMs, of]] : [];
  const parts = [
    ...waited(phases.setup, 'of setup'),
    ...waited(phases.warmup, 'of warm-up'),
    ...waited(phases.predictions, 'of all predictions together'),
  ].map(([ms, of], i) => `, ${formatMs(ms)}${i === 0 ? ' of it on the critical path' : ''} ${of}`);
  const none = phases.predictions !== null && phases.predictions.criticalMs < MIN_WAIT_MS ? '; none in predictions' : '';
  return `Compiling took ${formatMs(totalMs)} on all threads${parts.join('')}${none}.`;
}

const awaitedSentence = ({ awaitedMs }: CompilePhase): string =>
  `While setup was idle for other reasons, such as loading, helper threads compiled for another ${formatMs(awaitedMs)}: setup may have waited for that too.`;

const leftOutSentence = (threads: number): string | null =>
  threads === 0 ? null : `${formatPlural(threads, 'thread')} that compiled less ${threads === 1 ? 'is' : 'are'} left out.`;

/** Whether the predictions may have run code that V8 replaced later. */
function topTierSentence({ lastJobEndMs, windowsBefore, predictions, jobs }: BeforeTopTier, windows: number): string {
  if (jobs === 0) return 'No top-tier compilation was seen, so all Wasm that was compiled lazily may have stayed baseline code.';
  const ended = `The last top-tier compilation ended ${formatMs(lastJobEndMs)} after setup began`;
  if (windowsBefore === 0) return `${ended}, before the first prediction: hot functions ran optimized in all of them.`;
  const share = predictions ? formatShare(predictions.atMost) : null;
  const atLeast = predictions && predictions.atLeast >= 0.001 ? ` (at least ${formatShare(predictions.atLeast)})` : '';
  return `${ended}, when ${formatCount(windowsBefore)} of ${formatPlural(windows, 'traced prediction')} had begun: at most ${share} of the predictions’ Wasm time${atLeast} ran in baseline code that was still to be replaced.`;
}

/** Bounds that are further apart tell nothing. */
const MOST_OPEN = 0.5;

function topTierBlocks(bounds: BeforeTopTier, windows: number): Block[] {
  const { predictions } = bounds;
  const blocks = boundBlocks(bounds, windows);
  return predictions && predictions.atMost - predictions.atLeast > MOST_OPEN
    ? [fold('How much ran before the top tier cannot be told', blocks)]
    : [heading('Before the top tier'), ...blocks];
}

function boundBlocks(bounds: BeforeTopTier, windows: number): Block[] {
  return [
    paragraph(`${topTierSentence(bounds, windows)} ${bounds.evidence}`),
    ...(bounds.functions.length > 0
      ? [
          table(
            'Functions by Wasm self time before the last top-tier compilation ended',
            functionColumns,
            bounds.functions,
            FUNCTIONS_SHOWN,
          ),
        ]
      : []),
  ];
}

const columns: readonly Column<CompileRow>[] = [
  {
    id: 'work',
    head: 'Work',
    kind: 'text',
    value: ({ tier }) => tierTitle(tier),
    fill: ({ tier }) => fillOf('compile', tier),
    note: ({ module }) => (module === null ? null : formatName(lastPart(module), 60)),
  },
  { id: 'module', head: 'Module', kind: 'text', in: ['data'], value: ({ module }) => module },
  { id: 'count', head: 'Times', kind: 'count', value: ({ count }) => count },
  { id: 'totalMs', head: 'Total', kind: 'ms', value: ({ totalMs }) => totalMs },
  { id: 'criticalMs', head: 'Critical path', kind: 'ms', value: ({ criticalMs }) => criticalMs },
  { id: 'setupMs', head: 'Setup', kind: 'ms', value: ({ setupMs }) => setupMs },
  { id: 'warmupMs', head: 'Warm-up', kind: 'ms', value: ({ warmupMs }) => warmupMs },
  { id: 'predictionsMs', head: 'Predictions', kind: 'ms', value: ({ predictionsMs }) => predictionsMs },
  {
    id: 'thread',
    head: 'Threads',
    kind: 'text',
    limit: 40,
    value: ({ threads }) => threads[0] ?? null,
    note: ({ threadCount }) => (threadCount > 1 ? `and ${formatCount(threadCount - 1)} more` : null),
  },
  { id: 'threads', head: 'Number of threads', kind: 'count', in: ['data'], value: ({ threadCount }) => threadCount },
];

const functionColumns: readonly Column<BeforeTopTier['functions'][number]>[] = [
  { id: 'function', head: 'Function', kind: 'code', limit: 80, value: ({ name }) => name },
  { id: 'share', head: 'Of Wasm time', kind: 'share', value: ({ share }) => share },
  { id: 'atMost', head: 'Before, at most', kind: 'share', value: ({ atMost }) => atMost },
  { id: 'atLeast', head: 'At least', kind: 'share', value: ({ atLeast }) => atLeast },
];

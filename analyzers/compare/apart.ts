import type { Limit } from '../../src/bundle/compare.js';
import { limitOnScale } from '../../src/bundle/comparedFigures.js';
import { verdictOf } from '../../src/stats/changeVerdict.js';
import type { Interval } from '../../src/stats/interval.js';
import { compared } from '../comparison/compared.js';
import { figure, type Measured } from '../comparison/figure.js';
import type { Analysis } from '../index.js';
import { quotedPrediction } from '../latency/quotedPrediction.js';
import { info, type Note, warning } from '../question.js';
import { explained } from './explained.js';
import { type ComparedFigure, figureTitle } from './figures.js';
import { type CompareAnalysis, gateOf } from './index.js';

/** Two bundles that were recorded apart. */
export interface ApartInput {
  readonly toolVersion: string;
  readonly a: Analysis;
  readonly b: Analysis;
  readonly limits: readonly Limit[];
}

/**
 * What differs so much that two bundles are of two things: the machine, the model, its inputs, the browser's major version. One of them may
 * be what is compared; of two nobody knows which made the difference.
 */
export function unlike(a: Analysis, b: Analysis): string[] {
  const majorOf = ({ browser }: Analysis): string | null => /^[^.]*/.exec(browser?.product ?? '')![0] || null;
  const parts: readonly (readonly [what: string, of: (analysis: Analysis) => unknown])[] = [
    ['the machine', ({ machine }) => machine && [machine.cpu, machine.cores]],
    ['the model', ({ run, page }) => (run ? [run.model, run.modelBytes] : page?.url)],
    ['the inputs', ({ run }) => run?.inputs.map(({ name, shape }) => [name, shape])],
    ['the browser', majorOf],
  ];
  return parts.filter(([, of]) => JSON.stringify(of(a)) !== JSON.stringify(of(b))).map(([what]) => what);
}

/**
 * The difference of two bundles. Intervals hold what varied while each was recorded, and not what the machine did between the two: no
 * statistic repairs that.
 */
export function analyzeApart({ toolVersion, a, b, limits }: ApartInput): CompareAnalysis {
  const comparison = compared(a, b);
  const { window } = comparison;
  const figures = figuresOf(a, b, limits);
  const causes = comparison.causes.flatMap(({ id, aMs, bMs, differenceMs, differenceCi95Ms }) =>
    aMs === null || bMs === null || differenceMs === null
      ? []
      : [{ id, aMs, bMs, differenceMs, differenceCi95Ms: differenceCi95Ms ?? UNKNOWN, isClear: leavesOutZero(differenceCi95Ms) }],
  );
  const windowChange =
    window && window.aMs !== null && window.bMs !== null
      ? {
          aMs: window.aMs,
          bMs: window.bMs,
          differenceMs: window.bMs - window.aMs,
          differenceCi95Ms: sumOf(causes.map(({ differenceMs, differenceCi95Ms }) => ({ differenceMs, differenceCi95Ms }))),
        }
      : null;
  return {
    schema: 'inferscope.compare-analysis/1',
    toolVersion,
    source: { name: `${a.source.name}, ${b.source.name}`, complete: true },
    recorded: 'apart',
    sides: { a: sideOf(a), b: sideOf(b) },
    machine: a.machine,
    rounds: 0,
    ended: null,
    figures,
    changes: [],
    gate: gateOf(figures, { limits }),
    window: windowChange,
    causes,
    explained: explained(windowChange, causes),
    functions: [],
    operators: comparison.nodes.flatMap(({ what, operator, aMs, bMs, differenceMs }) =>
      aMs === null || bMs === null || differenceMs === null
        ? []
        : [{ name: what, of: operator, aMs, bMs, differenceMs, differenceCi95Ms: UNKNOWN, isClear: false }],
    ),
    changed: comparison.changed,
    notes: [apartNote(), ...comparison.unfit.map((text) => warning('unfit', text)), ...fewProcesses(a, b)],
  };
}

const UNKNOWN: Interval = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
const leavesOutZero = (interval: Interval | null): boolean => interval !== null && (interval[0] > 0 || interval[1] < 0);
const sideOf = ({ source }: Analysis) => ({ name: source.name, options: [], subject: source.name });

/** Independent parts: each end as far away as those of the parts together. */
function sumOf(parts: readonly { readonly differenceMs: number; readonly differenceCi95Ms: Interval }[]): Interval {
  const value = parts.reduce((sum, { differenceMs }) => sum + differenceMs, 0);
  const reach = (end: 0 | 1): number => Math.hypot(...parts.map((part) => part.differenceCi95Ms[end] - part.differenceMs));
  return [value - reach(0), value + reach(1)];
}

const apartNote = (): Note =>
  warning(
    'recorded-apart',
    'Recorded apart: what the machine did between the two recordings counts as their difference, and no interval holds it.',
  );

function fewProcesses(a: Analysis, b: Analysis): Note[] {
  return [a, b].some(({ page }) => page)
    ? [info('one-process', 'A recorded page is one process: how it differs from the next is not in its intervals.')]
    : [];
}

function figuresOf(a: Analysis, b: Analysis, limits: readonly Limit[]): ComparedFigure[] {
  const ids = [...new Set(['prediction', 'overNative', 'setup', 'warmup', 'memory', ...limits.map((limit) => limit.figure)])];
  return ids.flatMap((id) => {
    const [was, is] = [measuredIn(a, id), measuredIn(b, id)];
    if (typeof was?.ms !== 'number' || typeof is?.ms !== 'number') return [];
    const { ratio, ratioCi95, differenceMs, differenceCi95Ms } = figure(id, was, is);
    const limit = limits.find((each) => each.figure === id) ?? null;
    const interval = limit?.unit === 'ratio' ? ratioCi95 && logOf(ratioCi95) : differenceCi95Ms;
    const [title, unit] = id === 'overNative' ? (['prediction over native', 'ratio'] as const) : figureTitle(id)!;
    return [
      {
        id,
        title,
        unit,
        a: was.ms,
        b: is.ms,
        difference: differenceMs!,
        differenceCi95: differenceCi95Ms ?? UNKNOWN,
        ratio,
        ratioCi95,
        rounds: null,
        limit: limit && { unit: limit.unit, atMost: limit.atMost },
        verdict: limit && verdictOf(interval ?? UNKNOWN, limitOnScale(limit)),
        roundsToTell: null,
      },
    ];
  });
}

const logOf = ([low, high]: Interval): Interval => [Math.log(Math.max(0, low)), Math.log(high)];

function measuredIn(analysis: Analysis, id: string): Measured | null {
  const { latency, gap, memory, partition } = analysis;
  switch (id) {
    case 'prediction': {
      const prediction = quotedPrediction(analysis)?.prediction;
      return prediction ? { ms: prediction.medianMs, ci95Ms: prediction.ci95Ms } : null;
    }
    // What slows the machine slows both runtimes, and cancels here.
    case 'overNative':
      return gap && { ms: gap.ratio, ci95Ms: gap.ratioCi95 };
    case 'setup':
      return latency && { ms: latency.setupMs, ci95Ms: null };
    case 'warmup':
      return latency && { ms: latency.warmupMs, ci95Ms: null };
    case 'memory':
      return memory && { ms: memory.held?.peakBytes ?? null, ci95Ms: null };
    default:
      return partition && { ...(partition.causes.find((cause) => cause.id === id) ?? { ms: 0, ci95Ms: [0, 0] as const }) };
  }
}

import { mean } from 'simple-statistics';
import type { Compare, Limit } from '../../src/bundle/compare.js';
import { changeIn, limitOnScale, pairsOf } from '../../src/bundle/comparedFigures.js';
import { type ChangeVerdict, changeVerdict, pairsToTell } from '../../src/stats/changeVerdict.js';
import type { Interval } from '../../src/stats/interval.js';
import type { PairedChange } from '../../src/stats/pairedChange.js';
import { causes } from '../partition/causes/index.js';

/** A figure of both sides. */
export interface ComparedFigure {
  /** `prediction`, `setup`, `warmup`, `memory`, or a cause; of two bundles also `overNative`. */
  readonly id: string;
  readonly title: string;
  readonly unit: 'ms' | 'bytes' | 'ratio';
  /**
   * Means over rounds of the process's value. Unless the limit is an amount they are geometric ones, of which both are moved alike so that
   * their ratio is that of the turns, which is known better than either.
   */
  readonly a: number;
  readonly b: number;
  /** b − a, mean over rounds; in the unit. */
  readonly difference: number;
  readonly differenceCi95: Interval;
  /** b ÷ a, geometric mean over rounds; null where a side is zero. */
  readonly ratio: number | null;
  readonly ratioCi95: Interval | null;
  /** Rounds that both were measured in; null for two bundles that were recorded apart. */
  readonly rounds: number | null;
  readonly limit: Omit<Limit, 'figure'> | null;
  /** Beside the limit; null without one. */
  readonly verdict: ChangeVerdict | null;
  /** About how many rounds in all would decide, of a figure that is undecided; null: it is decided, or so near the limit that none would. */
  readonly roundsToTell: number | null;
}

const TITLES: Readonly<Record<string, readonly [title: string, unit: 'ms' | 'bytes']>> = {
  prediction: ['prediction', 'ms'],
  setup: ['set-up', 'ms'],
  warmup: ['warm-up', 'ms'],
  memory: ['memory held', 'bytes'],
};

/** What a figure is called, and its unit; null if there is no such figure. */
export function figureTitle(id: string): readonly [title: string, unit: 'ms' | 'bytes'] | null {
  const known = TITLES[id];
  if (known) return known;
  const cause = Object.hasOwn(causes, id) ? causes[id as keyof typeof causes] : null;
  return cause && [cause.title, 'ms'];
}

/** Figures that are compared without being asked for. */
const ALWAYS = Object.keys(TITLES);

/** The figures that were measured on both sides: the usual ones, and those that have a limit. */
export function comparedFigures({ rounds, limits }: Pick<Compare, 'rounds' | 'limits'>): ComparedFigure[] {
  const ids = [...new Set([...ALWAYS, ...limits.map(({ figure }) => figure)])];
  return ids.flatMap((id) => {
    const limit = limits.find(({ figure }) => figure === id) ?? null;
    return comparedFigure(id, rounds, limit) ?? [];
  });
}

function comparedFigure(id: string, rounds: Compare['rounds'], limit: Limit | null): ComparedFigure | null {
  const [title, unit] = figureTitle(id) ?? [id, 'ms'];
  const pairs = pairsOf(rounds, id);
  const difference = changeIn(rounds, id, unit);
  if (difference === null) return null;
  const ratio = changeIn(rounds, id, 'ratio');
  const judged = limit && (limit.unit === 'ratio' ? ratio : difference);
  const isAmount = limit?.unit === 'ms' || limit?.unit === 'bytes';
  const verdict = judged && changeVerdict(judged, limitOnScale(limit!));
  return {
    id,
    title,
    unit,
    ...(ratio && !isAmount
      ? levels(pairs, Math.exp(ratio.value))
      : { a: mean(pairs.map(({ a }) => a)), b: mean(pairs.map(({ b }) => b)) }),
    difference: difference.value,
    differenceCi95: difference.ci95,
    ratio: ratio && Math.exp(ratio.value),
    ratioCi95: ratio && ofLogs(ratio),
    rounds: pairs.length,
    limit: limit && { unit: limit.unit, atMost: limit.atMost },
    verdict,
    roundsToTell: verdict === 'inconclusive' ? pairsToTell(judged!, limitOnScale(limit!)) : null,
  };
}

/** Levels of both, as far apart as the ratio. */
function levels(pairs: ReturnType<typeof pairsOf>, ratio: number): Pick<ComparedFigure, 'a' | 'b'> {
  const middle = geometricMean(pairs.flatMap(({ a, b }) => [a, b]).filter((value) => value > 0));
  return { a: middle / Math.sqrt(ratio), b: middle * Math.sqrt(ratio) };
}

const geometricMean = (values: readonly number[]): number => Math.exp(mean(values.map(Math.log)));
const ofLogs = ({ ci95: [low, high] }: PairedChange): Interval => [Math.exp(low), Math.exp(high)];

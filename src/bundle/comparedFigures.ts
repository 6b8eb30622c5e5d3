import { median } from 'simple-statistics';
import { type PairedChange, pairedChange } from '../stats/pairedChange.js';
import type { Compare, Limit, ProcessFigures } from './compare.js';
import { meanWindows } from './comparedWindows.js';

type Round = Compare['rounds'][number];

/** Values of a figure of both sides, of the rounds that have both. A cause that a traced window has nothing of took no time. */
export function pairsOf(rounds: readonly Round[], figure: string): { readonly a: number; readonly b: number }[] {
  const of = OF_PROCESSES[figure];
  return rounds.flatMap((round) => {
    if (of === undefined) {
      const windows = meanWindows(round);
      return windows ? [{ a: windows.a.causesMs[figure] ?? 0, b: windows.b.causesMs[figure] ?? 0 }] : [];
    }
    const [a, b] = [of(round.a), of(round.b)];
    return a === null || b === null ? [] : [{ a, b }];
  });
}

const OF_PROCESSES: Readonly<Record<string, ((process: ProcessFigures) => number | null) | undefined>> = {
  prediction: ({ predictionMs }) => predictionMs,
  setup: ({ setupMs }) => setupMs,
  warmup: ({ warmupMs }) => warmupMs,
  memory: ({ memoryBytes }) => memoryBytes,
};

/**
 * How much more b takes than a, over rounds: the mean of the logarithms of ratios, or of differences. Where predictions took turns, a round's
 * value is the median of its turns, as what else happened to the machine happened to both in a turn; else it is of the two processes.
 * @returns null without a round that has the figure on both sides, and above zero for a ratio
 */
export function changeIn(rounds: readonly Round[], figure: string, unit: Limit['unit']): PairedChange | null {
  const changes = rounds.flatMap((round) => {
    const pairs =
      figure === 'prediction' && round.turns.length > 0
        ? round.turns.map(({ a, b }) => ({ a: median(a), b: median(b) }))
        : pairsOf([round], figure);
    const fit = pairs.filter(({ a, b }) => unit !== 'ratio' || (a > 0 && b > 0));
    return fit.length === 0 ? [] : [median(fit.map(({ a, b }) => (unit === 'ratio' ? Math.log(b / a) : b - a)))];
  });
  return changes.length === 0 ? null : pairedChange(changes);
}

/** A limit on the scale of `changeIn`. */
export const limitOnScale = ({ unit, atMost }: Pick<Limit, 'unit' | 'atMost'>): number =>
  unit === 'ratio' ? Math.log1p(atMost) : atMost;

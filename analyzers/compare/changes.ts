import { mean } from 'simple-statistics';
import type { Compare, ProcessFigures } from '../../src/bundle/compare.js';
import { meanWindows } from '../../src/bundle/comparedWindows.js';
import type { Interval } from '../../src/stats/interval.js';
import { correctedChanges, pairedChange } from '../../src/stats/pairedChange.js';

type Rounds = Compare['rounds'];

/** A time in both sides: means over rounds, and the mean of the rounds' differences. */
export interface TimeChange {
  readonly aMs: number;
  readonly bMs: number;
  /** b − a. */
  readonly differenceMs: number;
  readonly differenceCi95Ms: Interval;
}

/** The change of one of several times that are looked at together, so that one may be clear by chance. */
export interface CorrectedTime extends TimeChange {
  /** Whether it is told from zero by Holm's correction over all of them; the interval is corrected, too. */
  readonly isClear: boolean;
}

export interface CauseChange extends CorrectedTime {
  readonly id: string;
}

/** A function or an operator. Names are untrusted text. */
export interface NamedChange extends CorrectedTime {
  readonly name: string;
  /** Its cause, or its type. */
  readonly of: string | null;
}

/** The typical traced windows: their mean length. Null without a round that has both. */
export function windowChange(rounds: Rounds): TimeChange | null {
  const pairs = windowsOf(rounds).map(({ a, b }) => ({ a: a.ms, b: b.ms }));
  if (pairs.length === 0) return null;
  const { value, ci95 } = pairedChange(differences(pairs));
  return { ...means(pairs), differenceMs: value, differenceCi95Ms: ci95 };
}

/** Every cause that has time in a window of either, the largest difference first. Their differences sum to that of the windows. */
export function causeChanges(rounds: Rounds): CauseChange[] {
  const windows = windowsOf(rounds);
  const ids = [...new Set(windows.flatMap(({ a, b }) => [...Object.keys(a.causesMs), ...Object.keys(b.causesMs)]))];
  const each = ids.map((id) => windows.map(({ a, b }) => ({ a: a.causesMs[id] ?? 0, b: b.causesMs[id] ?? 0 })));
  return corrected(each)
    .map((change, place) => ({ id: ids[place]!, ...change }))
    .sort(byDifference);
}

/** Of so many that take the longest, whichever side: to choose by the difference would make some look clear. */
const LOOKED_AT = 20;

/**
 * Functions or operators that take long, the largest difference first. What one side does not have takes no time there.
 * @param isWanted which of them are looked at
 */
export function namedChanges(
  rounds: Rounds,
  kind: 'functions' | 'operators',
  isWanted: (of: string | null) => boolean,
): NamedChange[] {
  const both = rounds.filter(({ a, b }) => a[kind].length > 0 && b[kind].length > 0);
  const sides = both.map(({ a, b }) => ({ a: byKey(a[kind], isWanted), b: byKey(b[kind], isWanted) }));
  const keys = [...new Set(sides.flatMap(({ a, b }) => [...a.keys(), ...b.keys()]))];
  const each = keys
    .map((key) => ({ key, pairs: sides.map(({ a, b }) => ({ a: a.get(key) ?? 0, b: b.get(key) ?? 0 })) }))
    .sort((one, other) => longer(other.pairs) - longer(one.pairs))
    .slice(0, LOOKED_AT);
  return corrected(each.map(({ pairs }) => pairs))
    .map((change, place) => {
      const [name, of] = JSON.parse(each[place]!.key) as [string, string | null];
      return { name, of, ...change };
    })
    .sort(byDifference);
}

type Pairs = readonly { readonly a: number; readonly b: number }[];

const windowsOf = (rounds: Rounds) => rounds.flatMap((round) => meanWindows(round) ?? []);

const differences = (pairs: Pairs): number[] => pairs.map(({ a, b }) => b - a);
const means = (pairs: Pairs) => ({ aMs: mean(pairs.map(({ a }) => a)), bMs: mean(pairs.map(({ b }) => b)) });
const longer = (pairs: Pairs): number => Math.max(...Object.values(means(pairs)));

function corrected(each: readonly Pairs[]): CorrectedTime[] {
  if (each.length === 0 || each[0]!.length === 0) return [];
  const changes = correctedChanges(each.map(differences));
  return each.map((pairs, place) => {
    const { value, ci95, isClear } = changes[place]!;
    return { ...means(pairs), differenceMs: value, differenceCi95Ms: ci95, isClear };
  });
}

const byKey = (times: ProcessFigures['functions'], isWanted: (of: string | null) => boolean): Map<string, number> =>
  new Map(times.filter(({ of }) => isWanted(of)).map(({ name, of, ms }) => [JSON.stringify([name, of]), ms]));

const byDifference = (a: TimeChange, b: TimeChange): number => Math.abs(b.differenceMs) - Math.abs(a.differenceMs);

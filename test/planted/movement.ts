import { mean, median } from 'simple-statistics';
import { type CauseId, causeIds } from '../../analyzers/causes.js';
import type { Recorded } from './record.js';

/** Windows, by number, with the plant and without. */
export interface Groups {
  readonly planted: readonly number[];
  readonly plain: readonly number[];
}

/** Odd windows have the plant. */
export function byParity(count: number): Groups {
  const all = Array.from({ length: count }, (_, i) => i);
  return { planted: all.filter((i) => i % 2 === 1), plain: all.filter((i) => i % 2 === 0) };
}

/**
 * The half of each group in which threads waited least for a core, by the kernel's word: what other programs of the machine do to a
 * run is no fault of the analyzers, and falls on single windows.
 */
export function calmest({ planted, plain }: Groups, waited: readonly number[]): Groups {
  const half = (group: readonly number[]): number[] =>
    [...group].sort((a, b) => waited[a]! - waited[b]!).slice(0, Math.ceil(group.length / 2));
  return { planted: half(planted), plain: half(plain) };
}

/** By how much a number is larger in planted windows: medians, or means for what the kernel counts (its figures hold over many windows). */
export function difference(values: readonly number[], { planted, plain }: Groups, of: typeof median = median): number {
  const pick = (group: readonly number[]): number => of(group.map((i) => values[i]!));
  return pick(planted) - pick(plain);
}

/**
 * By how much each cause is larger in planted windows, ms. Being preempted is compared in means, as its known amount must be.
 */
export function movements({ split }: Recorded, groups: Groups): Record<CauseId, number> {
  const entries = causeIds.map((id) => {
    const ms = split.windows.map((window) => window.split[id] / 1000);
    return [id, difference(ms, groups, id === 'contention.preempted' ? mean : median)] as const;
  });
  return Object.fromEntries(entries) as Record<CauseId, number>;
}

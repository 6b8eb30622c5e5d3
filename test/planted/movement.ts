import { mean } from 'simple-statistics';
import { type CauseId, causeIds } from '../../analyzers/partition/causes/index.js';
import type { Recorded } from './record.js';

/** Windows, by number, with the plant and without. */
export interface Groups {
  readonly planted: readonly number[];
  readonly plain: readonly number[];
}

/** Odd blocks of windows have the plant. */
export function byParity(count: number, block = 1): Groups {
  const all = Array.from({ length: count }, (_, i) => i);
  const isPlanted = (i: number): boolean => Math.floor(i / block) % 2 === 1;
  return { planted: all.filter(isPlanted), plain: all.filter((i) => !isPlanted(i)) };
}

/** Of each group the windows of which a number is known. */
export function known({ planted, plain }: Groups, values: readonly number[]): Groups {
  const isKnown = (i: number): boolean => !Number.isNaN(values[i]);
  return { planted: planted.filter(isKnown), plain: plain.filter(isKnown) };
}

/**
 * The share of each group, two thirds by default, in which threads waited least for a core, by the kernel's word: what other programs of the machine do to a
 * run is no fault of the analyzers, and falls on single windows.
 */
export function calmest({ planted, plain }: Groups, waited: readonly number[], share = 2 / 3): Groups {
  const calmer = (group: readonly number[]): number[] =>
    [...group].sort((a, b) => waited[a]! - waited[b]!).slice(0, Math.ceil(share * group.length));
  return { planted: calmer(planted), plain: calmer(plain) };
}

/** By how much a number is larger in planted windows: means, since samples come in steps of 2 ms and the kernel's figures hold over many windows. */
export function difference(values: readonly number[], { planted, plain }: Groups): number {
  const meanOf = (group: readonly number[]): number => mean(group.map((i) => values[i]!));
  return meanOf(planted) - meanOf(plain);
}

/** By how much each cause is larger in planted windows, ms. */
export function movements({ split }: Recorded, groups: Groups): Record<CauseId, number> {
  const entries = causeIds.map(
    (id) =>
      [
        id,
        difference(
          split.windows.map((window) => window.split[id] / 1000),
          groups,
        ),
      ] as const,
  );
  return Object.fromEntries(entries) as Record<CauseId, number>;
}

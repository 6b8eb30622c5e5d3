import type { BuildVerdict } from './buildRatio.js';

/** What is known of a build; `skipped`: it does not run. */
export interface TestedBuild {
  readonly version: string;
  readonly verdict: BuildVerdict | 'skipped';
}

export type BuildSearch =
  /** The one to be tested next. */
  | { readonly state: 'next'; readonly version: string }
  /** The last one is not slower, or nobody can tell, so there is nothing to look for. */
  | { readonly state: 'nothing'; readonly last: Exclude<TestedBuild['verdict'], 'slower'> }
  /**
   * `slow` is slower and `before` is not; of those between nothing could be told. Others may be slower further before, as not all are
   * tested.
   */
  | { readonly state: 'found'; readonly before: string; readonly slow: string; readonly between: readonly string[] };

/**
 * Looks for the first build that is slower, as `git bisect` does: the last one first, then always the middle one of those between the
 * last that is not slower and the first that is. Where that one does not run, or cannot be told, its nearest neighbour.
 * @param versions from the good one, which nobody tests, to the bad one: two at least
 */
export function searchBuilds(versions: readonly string[], tested: readonly TestedBuild[]): BuildSearch {
  const verdicts = new Map(tested.map(({ version, verdict }) => [version, verdict]));
  const bad = versions.at(-1)!;
  const last = verdicts.get(bad);
  if (last === undefined) return { state: 'next', version: bad };
  if (last !== 'slower') return { state: 'nothing', last };
  let before = 0;
  let slow = versions.length - 1;
  for (;;) {
    const between = versions.slice(before + 1, slow);
    const middle = (between.length - 1) / 2;
    const nearest = between
      .map((version, place) => ({ version, off: Math.abs(place - middle), verdict: verdicts.get(version) }))
      .filter(({ verdict }) => verdict !== 'undecided' && verdict !== 'skipped')
      .sort((a, b) => a.off - b.off)[0];
    if (!nearest) return { state: 'found', before: versions[before]!, slow: versions[slow]!, between };
    const { version, verdict } = nearest;
    if (verdict === undefined) return { state: 'next', version };
    if (verdict === 'slower') slow = versions.indexOf(version);
    else before = versions.indexOf(version);
  }
}

/** How many comparisons a search takes at most among so many builds after the good one, if all of them run. */
export const comparisonsOf = (builds: number): number => 1 + Math.ceil(Math.log2(Math.max(1, builds)));

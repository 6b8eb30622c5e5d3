import { buildRatio, buildVerdict } from '../stats/buildRatio.js';
import { type BuildSearch, searchBuilds, type TestedBuild } from '../stats/searchBuilds.js';
import type { Bisect, BuildComparison } from './bisect.js';

type Known = Pick<Bisect, 'plan' | 'comparisons' | 'skipped'>;

/** How far a search has come, by what was measured. A comparison that was interrupted counts as none. */
export function searchOf(bisect: Known): BuildSearch {
  return searchBuilds(bisect.plan.builds, testedBuilds(bisect));
}

export function testedBuilds({ plan: { builds, limit }, comparisons, skipped }: Known): TestedBuild[] {
  return [
    ...skipped.map(({ version }) => ({ version, verdict: 'skipped' as const })),
    ...comparisons
      .filter(({ against, budgetMs }) => against === builds[0] && budgetMs !== null)
      .map(({ version, replicates }) => ({ version, verdict: buildVerdict(buildRatio(replicates), limit) })),
  ];
}

export const comparisonOf = (
  { comparisons }: Pick<Bisect, 'comparisons'>,
  version: string,
  against: string,
): BuildComparison | null => comparisons.find((one) => one.version === version && one.against === against) ?? null;

/** What is to be done next; null: nothing is left. */
export type BisectStep =
  | { readonly do: 'compare'; readonly version: string; readonly against: string }
  | { readonly do: 'record'; readonly version: string };

/**
 * The search first. Then the build that was found beside the one before it, and both recorded whole, so that their causes can be
 * compared.
 */
export function nextStep(bisect: Bisect): BisectStep | null {
  const good = bisect.plan.builds[0]!;
  const search = searchOf(bisect);
  if (search.state === 'next') return { do: 'compare', version: search.version, against: good };
  if (search.state === 'nothing') return null;
  const { before, slow } = search;
  const beside = comparisonOf(bisect, slow, before);
  if (!beside || beside.budgetMs === null) return { do: 'compare', version: slow, against: before };
  const version = [before, slow].find((each) => !bisect.runs.some((run) => run.version === each));
  return version === undefined ? null : { do: 'record', version };
}

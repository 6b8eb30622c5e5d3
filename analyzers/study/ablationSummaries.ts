import { geometricMean } from 'simple-statistics';
import type { AblationRow, AblationSummary } from './studyAnalysis.js';

const STEPS = ['threads', 'simd', 'both', 'threadsBesideSimd'] as const;

/** Reductions over the models of each framework: the geometric mean of what is left of the prediction. Rows with other outputs than native are left out. */
export function ablationSummaries(rows: readonly AblationRow[]): AblationSummary[] {
  const groups = new Map<string, AblationRow[]>();
  for (const row of rows.filter(({ outputsDiffer }) => !outputsDiffer)) {
    const key = JSON.stringify([row.framework, row.on, row.threads]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((own) =>
    STEPS.flatMap((id) => {
      const left = own.flatMap(({ reductions }) =>
        reductions.filter((each) => each.id === id).map(({ share }) => 1 - share.value),
      );
      if (left.length === 0) return [];
      const { framework, on, threads } = own[0]!;
      return [{ framework, on, threads, id, models: left.length, share: 1 - geometricMean(left) }];
    }),
  );
}

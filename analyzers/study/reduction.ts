import { mean, median } from 'simple-statistics';
import { bootstrapInterval } from '../../src/stats/bootstrap.js';
import { enoughReplicates } from '../../src/stats/enoughReplicates.js';
import { studentInterval } from '../../src/stats/studentInterval.js';
import type { RoundsEstimate } from './studyAnalysis.js';
import type { StudyRunInput } from './studyInput.js';

/**
 * What of the prediction goes away from one cell to another, as a share of it; negative if it grows. Cells are paired by the
 * study's round: the ratio of their medians in each, averaged as logarithms, with Student's interval. With fewer than three rounds
 * all predictions are pooled and the rounds of the timing pass are resampled, which makes the interval too narrow.
 * @returns null where no round ran both
 */
export function reduction(from: readonly StudyRunInput[], to: readonly StudyRunInput[]): RoundsEstimate | null {
  const pairs = from.flatMap((before) => {
    const after = to.find(({ round }) => round === before.round);
    const [a, b] = [timed(before), after ? timed(after) : []];
    return a.flat().length > 0 && b.flat().length > 0 ? [{ before: a, after: b }] : [];
  });
  if (pairs.length === 0) return null;
  if (enoughReplicates(pairs.length)) {
    const logs = pairs.map(({ before, after }) => Math.log(median(after.flat()) / median(before.flat())));
    const [low, high] = studentInterval(logs);
    return { value: 1 - Math.exp(mean(logs)), ci95: [1 - Math.exp(high), 1 - Math.exp(low)] };
  }
  const [before, after] = [pairs.flatMap((pair) => pair.before), pairs.flatMap((pair) => pair.after)];
  const share = (a: readonly number[], b: readonly number[]) => 1 - median([...b]) / median([...a]);
  return {
    value: share(before.flat(), after.flat()),
    ci95: bootstrapInterval([before, after], (a, b) => share(a!, b!)),
  };
}

const timed = ({ manifest }: StudyRunInput): (readonly number[])[] =>
  manifest.timingPass.rounds.map(({ browserMs }) => browserMs);

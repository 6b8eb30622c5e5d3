import { mean, median } from 'simple-statistics';
import { bootstrapInterval } from '../../src/stats/bootstrap.js';
import { enoughReplicates } from '../../src/stats/enoughReplicates.js';
import { studentInterval } from '../../src/stats/studentInterval.js';
import type { Interval } from '../analysis.js';
import { predictionEstimate } from './predictionEstimate.js';
import type { RoundsEstimate } from './studyAnalysis.js';
import type { StudyRunInput } from './studyInput.js';

interface Pair {
  readonly before: StudyRunInput;
  readonly after: StudyRunInput;
}

/**
 * What of the prediction goes away from one cell to another, as a share of it; negative if it grows. The quoted latencies of the
 * rounds in which both ran are compared; the interval is Student's, of the logarithms of each round's ratio. With fewer than three
 * such rounds the rounds of the timing passes are resampled, which makes it too narrow.
 * @returns null where no round ran both
 */
export function reduction(from: readonly StudyRunInput[], to: readonly StudyRunInput[]): RoundsEstimate | null {
  const pairs = from.flatMap((before) => {
    const after = to.find(({ round }) => round === before.round);
    return after && timed([before]).length > 0 && timed([after]).length > 0 ? [{ before, after }] : [];
  });
  const [above, below] = [
    predictionEstimate(pairs.map(({ after }) => after)),
    predictionEstimate(pairs.map(({ before }) => before)),
  ];
  if (!above || !below) return null;
  const left = above.value / below.value;
  const { centre, ci95 } = logRatio(pairs);
  const gone = (end: number) => 1 - left * Math.exp(end - centre);
  return { value: 1 - left, ci95: [gone(ci95[1]), gone(ci95[0])] };
}

function logRatio(pairs: readonly Pair[]): { readonly centre: number; readonly ci95: Interval } {
  const of = (a: readonly number[], b: readonly number[]) => Math.log(median([...b]) / median([...a]));
  if (enoughReplicates(pairs.length)) {
    const logs = pairs.map(({ before, after }) => of(timed([before]).flat(), timed([after]).flat()));
    return { centre: mean(logs), ci95: studentInterval(logs) };
  }
  const [before, after] = [timed(pairs.map((pair) => pair.before)), timed(pairs.map((pair) => pair.after))];
  return { centre: of(before.flat(), after.flat()), ci95: bootstrapInterval([before, after], (a, b) => of(a!, b!)) };
}

/** Predictions by round of the timing pass. */
function timed(runs: readonly StudyRunInput[]): (readonly number[])[] {
  return runs
    .flatMap(({ manifest }) => manifest.timingPass.rounds.map(({ browserMs }) => browserMs))
    .filter(({ length }) => length > 0);
}

import { mean, median } from 'simple-statistics';
import { enoughReplicates } from '../../src/stats/enoughReplicates.js';
import { studentInterval } from '../../src/stats/studentInterval.js';
import { predictionEstimate } from './predictionEstimate.js';
import type { RoundsEstimate } from './studyAnalysis.js';
import type { StudyRunInput } from './studyInput.js';

/**
 * What of the prediction goes away from one cell to another, as a share of it; negative if it grows. The quoted latencies of the
 * rounds in which both ran are compared; the interval is Student's, of the logarithms of each round's ratio, and null with fewer
 * than three such rounds.
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
  if (!enoughReplicates(pairs.length)) return { value: 1 - left, ci95: null };
  const logs = pairs.map(({ before, after }) => Math.log(median(timed([after]).flat()) / median(timed([before]).flat())));
  const [low, high] = studentInterval(logs);
  const gone = (end: number) => 1 - left * Math.exp(end - mean(logs));
  return { value: 1 - left, ci95: [gone(high), gone(low)] };
}

/** Predictions by round of the timing pass. */
function timed(runs: readonly StudyRunInput[]): (readonly number[])[] {
  return runs
    .flatMap(({ manifest }) => manifest.timingPass.rounds.map(({ browserMs }) => browserMs))
    .filter(({ length }) => length > 0);
}

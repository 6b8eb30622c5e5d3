import type { Trace } from '../../src/trace/trace.js';
import { formatShare } from '../../src/view/format.js';
import { COST_RANGE } from '../../src/wasm/functionParts.js';
import type { ActivityPart, ActivityParts } from '../activity/activityParts.js';
import type { Activity } from '../activity/callStacks.js';
import { type CauseId, causes, midSentence } from './causes/index.js';
import { samplesOnPath } from './samplesOnPath.js';
import type { SplitWindow } from './splitWindows.js';

/**
 * Time of Wasm functions whose loops are of several classes, so that it is not certain what it counts for. Shares of the typical
 * windows' time.
 */
export interface UncertainCauses {
  /** In functions of which nobody counted which loops run: the partition has all their time as of one class. */
  readonly uncounted: number;
  /** In functions that were counted: the partition divides their time by what an operator is taken to cost. */
  readonly counted: number;
  /** Per cause that such time counts for, or may count for: its share in the partition, and the range that it may be in. */
  readonly causes: readonly { readonly id: CauseId; readonly share: number; readonly low: number; readonly high: number }[];
}

const NEGLIGIBLE = 0.001;

/**
 * What the partition assumes of the loops of functions, weighed by the owner's samples on the critical path.
 * @returns null where no such function was sampled
 */
export function uncertainCauses(
  trace: Trace,
  windows: readonly SplitWindow[],
  activities: readonly Activity[],
  parts: ActivityParts,
): UncertainCauses | null {
  const samples = new Map<CauseId, Record<'share' | 'low' | 'high', number>>();
  let [all, uncounted, counted] = [0, 0, 0];
  for (const { frame } of samplesOnPath(trace, windows, activities, parts)) {
    const own = parts[frame];
    if (!own) continue;
    all++;
    if (own.length > 1) {
      if (own.some(isUncounted)) uncounted++;
      else counted++;
    }
    for (const { value, share, low, high } of own) {
      const sum = samples.get(value) ?? { share: 0, low: 0, high: 0 };
      samples.set(value, { share: sum.share + share, low: sum.low + low, high: sum.high + high });
    }
  }
  const totalUs = windows.reduce((sum, { window }) => sum + window.endUs - window.startUs, 0);
  const shareOf = (id: CauseId): number => windows.reduce((sum, { split }) => sum + split[id], 0) / totalUs;
  const perSample = [...samples.keys()].reduce((sum, id) => sum + shareOf(id), 0) / all;
  const open = [...samples]
    .map(([id, { share, low, high }]) => {
      const own = shareOf(id);
      return { id, share: own, low: Math.max(0, own - (share - low) * perSample), high: own + (high - share) * perSample };
    })
    .filter(({ low, high }) => high - low > NEGLIGIBLE)
    .sort((a, b) => b.high - a.high);
  return open.length === 0 ? null : { uncounted: uncounted * perSample, counted: counted * perSample, causes: open };
}

const isUncounted = ({ share, low }: ActivityPart): boolean => share === 1 && low === 0;

/** "from 3 % to 34 % of the time, as which loops of 30 % of it run was not counted" */
export function uncertainText({ uncounted, counted }: UncertainCauses, { low, high }: UncertainCauses['causes'][number]): string {
  const why = [
    uncounted > NEGLIGIBLE ? `which loops run was not counted for ${formatShare(uncounted)}` : '',
    counted > NEGLIGIBLE ? `an operator of one class may cost ${COST_RANGE} times as much as one of another` : '',
  ].filter((each) => each !== '');
  return `from ${formatShare(low)} to ${formatShare(high)} of the time, as ${why.join(', and ')}`;
}

/** "scalar Wasm from 3 % to 34 %" */
export const rangeText = ({ id, low, high }: UncertainCauses['causes'][number]): string =>
  `${midSentence(causes[id].title)} from ${formatShare(low)} to ${formatShare(high)}`;

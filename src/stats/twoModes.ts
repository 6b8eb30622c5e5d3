import { median } from 'simple-statistics';
import type { Replicated } from './replicatedMedian.js';

/** One of two levels that processes keep to. */
export interface Mode {
  readonly median: number;
  /** Number of processes, and of observations in them. */
  readonly processes: number;
  readonly n: number;
}

/** Processes differ by a few percent by where they happen to put code and memory. Less than this factor is no mode of its own. */
const APART = 1.1;
/** Within a mode processes differ by at most this part of what the modes differ by. */
const WITHIN = 1 / 3;
/** Of two modes hardly an observation lies between, in the middle third: at most this share. */
const BETWEEN = 0.1;
const LEAST_PROCESSES = 3;

/**
 * Whether processes keep to one of two levels, such as 55 and 75 ms, so that their mean is a latency that hardly any observation
 * had. It splits the processes at the largest step between their medians.
 * @returns the faster and the slower one; null where there is one mode, or too few processes to tell
 */
export function twoModes(replicates: Replicated<number>): readonly [faster: Mode, slower: Mode] | null {
  const processes = replicates
    .map((rounds) => rounds.flat())
    .filter((ms) => ms.length > 0)
    .map((ms) => ({ ms, log: Math.log(median(ms)) }))
    .sort((a, b) => a.log - b.log);
  if (processes.length < LEAST_PROCESSES || !processes.every(({ log }) => Number.isFinite(log))) return null;
  const steps = processes.slice(1).map(({ log }, i) => log - processes[i]!.log);
  const step = Math.max(...steps);
  const at = steps.indexOf(step) + 1;
  const [faster, slower] = [processes.slice(0, at), processes.slice(at)];
  const spread = (part: typeof processes): number => part.at(-1)!.log - part[0]!.log;
  if (step < Math.log(APART) || Math.max(spread(faster), spread(slower)) > WITHIN * step) return null;
  const [low, high] = [median(faster.map(({ log }) => log)), median(slower.map(({ log }) => log))];
  const all = processes.flatMap(({ ms }) => ms);
  const third = (high - low) / 3;
  const between = all.filter((ms) => Math.log(ms) > low + third && Math.log(ms) < high - third).length;
  return between > BETWEEN * all.length ? null : [modeOf(faster), modeOf(slower)];
}

function modeOf(processes: readonly { readonly ms: readonly number[] }[]): Mode {
  const all = processes.flatMap(({ ms }) => ms);
  return { median: median(all), processes: processes.length, n: all.length };
}

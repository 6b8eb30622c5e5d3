import type { CpuProfile } from './cpuProfile.js';

/** V8 began to sample a thread. */
export interface SamplingStart {
  /** Row of the trace's threads. */
  readonly thread: number;
  readonly atUs: number;
}

/** What a target (a page, a frame or a worker) handed in. One that is sampled in stretches has a profile for each. */
export interface ThreadProfile {
  /** The same for all stretches of a target. */
  readonly target: number;
  readonly profile: CpuProfile;
}

/** Slice that V8 leaves on a thread right after it took the time that is the `startTime` of the thread's profile. */
export const SAMPLING_STARTS = 'CpuProfiler::StartProfiling';

/** A profile and a beginning that may be one's other half, by their positions. */
interface Pair {
  readonly index: number;
  readonly at: number;
  readonly apartUs: number;
}

/** Between the two lie 1 to 33 µs in Chromium 156, more where the thread lost its core there. */
const APART_US = 5000;
/** A machine that is overrun keeps a thread off its core for so long; that far apart only what can be nothing else is a pair. */
const FAR_APART_US = 500_000;
/** A profile has whole µs. */
const ROUNDING_US = 1;

/**
 * Which thread of the trace each profile is of. V8 says when it began to sample, in the profile and in the trace, so that nothing need be
 * left in the page to tell by. The nearest pair is taken first; of what is left and far apart, a profile and a beginning that have only each other. A stretch
 * whose beginning the trace does not hold is of the thread that the target's other stretches are of, if that is one. Where two targets share a thread, as frames of one process do, only one has it at a time.
 * @returns rows of the trace's threads, in the order of the profiles; undefined where it is not known, or the thread has its samples already
 */
export function threadsOfProfiles(
  profiles: readonly ThreadProfile[],
  starts: readonly SamplingStart[],
): readonly (number | undefined)[] {
  const pairs = profiles.flatMap(({ profile }, index) =>
    starts.flatMap((start, at): Pair[] => {
      const apartUs = start.atUs - profile.startTime;
      return apartUs >= -ROUNDING_US && apartUs <= FAR_APART_US ? [{ index, at, apartUs }] : [];
    }),
  );
  pairs.sort((a, b) => a.apartUs - b.apartUs);
  const found: (number | undefined)[] = profiles.map(() => undefined);
  const taken = new Set<number>();
  const isFree = ({ index, at }: Pair): boolean => found[index] === undefined && !taken.has(at);
  const take = ({ index, at }: Pair): void => {
    found[index] = starts[at]!.thread;
    taken.add(at);
  };
  for (const pair of pairs) if (pair.apartUs <= APART_US && isFree(pair)) take(pair);
  const left = pairs.filter(isFree);
  const hasOnlyIt = ({ index, at }: Pair): boolean =>
    left.filter((other) => other.index === index || other.at === at).length === 1;
  for (const pair of left.filter(hasOnlyIt)) take(pair);
  const threadsOf = new Map<number, Set<number>>();
  for (const [index, { target }] of profiles.entries()) {
    const thread = found[index];
    if (thread !== undefined) threadsOf.set(target, (threadsOf.get(target) ?? new Set()).add(thread));
  }
  for (const [index, { target }] of profiles.entries()) {
    const threads = [...(threadsOf.get(target) ?? [])];
    if (found[index] === undefined && threads.length === 1) found[index] = threads[0];
  }
  return withoutDoubles(profiles, found);
}

function withoutDoubles(
  profiles: readonly ThreadProfile[],
  threads: readonly (number | undefined)[],
): readonly (number | undefined)[] {
  const overlap = (a: CpuProfile, b: CpuProfile): boolean => a.startTime < b.endTime && b.startTime < a.endTime;
  return threads.map((thread, index) => {
    const { profile, target } = profiles[index]!;
    const other = profiles.findIndex(
      (one, i) => i < index && threads[i] === thread && one.target !== target && overlap(one.profile, profile),
    );
    return other < 0 ? thread : undefined;
  });
}

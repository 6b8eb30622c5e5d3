import type { CpuProfile } from './cpuProfile.js';

/** The moment at which V8 began to sample a thread. */
export interface SamplingStart {
  /** Row of the trace's threads. */
  readonly thread: number;
  readonly atUs: number;
  /** Whether it is a renderer's main thread, by its name; null or absent if the name does not tell. */
  readonly isMain?: boolean | null;
}

/** The profile of a target (a page, a frame or a worker). A target that is sampled in stretches has a profile for each. */
export interface ThreadProfile {
  /** The same for all stretches of a target. */
  readonly target: number;
  readonly profile: CpuProfile;
  /** Whether the target runs on its process's main thread, as pages and frames do; absent if that is not known. */
  readonly isMain?: boolean;
}

/** Name of the slice that V8 emits on a thread right after it reads the `startTime` of the thread's profile. */
export const SAMPLING_STARTS = 'CpuProfiler::StartProfiling';

/** Positions of a profile and a beginning that may belong together. */
interface Pair {
  readonly index: number;
  readonly at: number;
  readonly apartUs: number;
}

/** Largest usual distance of the two. It is 1 to 33 µs in Chromium 156, and more if the thread was preempted in between. */
const APART_US = 5000;
/** An overloaded machine can preempt a thread for this long. Pairs this far apart count only if there is no alternative. */
const FAR_APART_US = 500_000;
/** Times in a profile are whole µs. */
const ROUNDING_US = 1;

/**
 * Finds the thread of the trace for each profile. V8 records the start of sampling in both the profile and the trace, so that no
 * marker is needed in the page.
 * Pages and frames match main threads only, and workers no main thread. The nearest pairs are matched first. Among those left and far apart, a profile and a beginning match if neither has another
 * candidate. If the trace lacks a stretch's beginning, the stretch belongs to the thread of the target's other stretches, if they
 * agree on one. If two targets share a thread, like frames of one process, only one of them has it at a time.
 * @returns rows of the trace's threads, in the order of the profiles; undefined if unknown, or if the thread already has samples
 */
export function threadsOfProfiles(
  profiles: readonly ThreadProfile[],
  starts: readonly SamplingStart[],
): readonly (number | undefined)[] {
  const pairs = profiles.flatMap(({ profile, isMain }, index) =>
    starts.flatMap((start, at): Pair[] => {
      const isOfOtherKind = typeof start.isMain === 'boolean' && isMain !== undefined && start.isMain !== isMain;
      if (isOfOtherKind) return [];
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

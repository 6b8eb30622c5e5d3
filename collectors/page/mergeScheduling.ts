import type { Scheduling } from '../../src/bundle/scheduling.js';

/** Puts what was sampled in stretches, one after the other, into one. Sums of a thread go on from stretch to stretch, as the kernel's do. */
export function mergeScheduling(stretches: readonly Scheduling[]): Scheduling | null {
  const first = stretches[0];
  if (!first) return null;
  const merged: Scheduling = { ...first, threads: [], samples: { thread: [], atUs: [], ranUs: [], waitedUs: [] } };
  const known = new Map<string, number>();
  for (const { threads, samples } of stretches) {
    const indexOf = threads.map((thread) => {
      const key = `${thread.pid}/${thread.tid}`;
      const index = known.get(key) ?? merged.threads.push(thread) - 1;
      known.set(key, index);
      return index;
    });
    for (const thread of samples.thread) merged.samples.thread.push(indexOf[thread]!);
    for (const name of ['atUs', 'ranUs', 'waitedUs'] as const)
      for (const value of samples[name]) merged.samples[name].push(value);
  }
  return merged;
}

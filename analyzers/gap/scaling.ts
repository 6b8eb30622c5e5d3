import { pageKey } from '../../src/bundle/pageKey.js';
import type { Interval } from '../../src/stats/interval.js';
import { ladderEffects } from '../../src/stats/ladderEffects.js';
import { type Ladder, ladderChain, type Rung, replicatesWith } from './ladder.js';

/** The page as used with a given number of threads. */
export interface ThreadScaling {
  readonly threads: number;
  readonly medianMs: number;
  readonly ci95Ms: Interval;
  /** Latency with one thread over the latency with this many. */
  readonly speedup: number;
  /** The speedup divided by the number of threads; 1 is perfect. */
  readonly efficiency: number;
  readonly efficiencyCi95: Interval;
}

/**
 * How much the page as used gains from threads: its latency with each number of threads that ran in the same rounds, and the
 * parallel efficiency T₁ / (n · Tₙ). Only replicates with all of these runs count. A number is left out where the framework took
 * fewer threads than it was given.
 * @returns by number of threads; empty where fewer than two were measured, or none with a single thread
 */
export function scaling(ladder: Ladder): ThreadScaling[] {
  const used = ladderChain(ladder).at(-1)!;
  const byThreads = new Map<number, Rung>();
  for (const rung of [used, ...ladder.rungs.filter(({ side }) => side)]) {
    const all = rung.threadsTaken === null || rung.threadsTaken === rung.threads;
    if (all && sameButThreads(rung, used) && !byThreads.has(rung.threads)) byThreads.set(rung.threads, rung);
  }
  const single = byThreads.get(1);
  const present = [...byThreads.values()];
  const replicates = replicatesWith(
    ladder,
    present.map(({ id }) => id),
  );
  if (!single || present.length < 2 || replicates.length === 0) return [];
  return present
    .sort((a, b) => a.threads - b.threads)
    .map((rung) => {
      const { threads } = rung;
      const { rungs, ratio, ratioCi95 } = ladderEffects([single.id, rung.id], replicates);
      const { ms, ci95Ms } = rungs[1]!;
      // The single-thread run compared with itself does not vary.
      const [low, high] = rung === single ? [1, 1] : ratioCi95;
      const speedup = 1 / ratio;
      return {
        threads,
        medianMs: ms,
        ci95Ms,
        speedup,
        efficiency: speedup / threads,
        efficiencyCi95: [1 / high / threads, 1 / low / threads],
      };
    });
}

function sameButThreads(a: Rung, b: Rung): boolean {
  return (
    a.runtime === b.runtime &&
    a.backend === b.backend &&
    a.on === b.on &&
    a.simd === b.simd &&
    pageKey(a.page) === pageKey(b.page) &&
    a.v8Flags.join(' ') === b.v8Flags.join(' ')
  );
}

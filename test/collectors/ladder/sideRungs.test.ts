import { describe, expect, test } from 'vitest';
import { type LadderRun, rungsOf } from '../../../collectors/ladder/rungs.js';
import { sideRungsOf } from '../../../collectors/ladder/sideRungs.js';

const worker: LadderRun = { backend: 'wasm', threads: 2, on: 'worker', cores: 4, simd: null };
const idsOf = (run: Partial<LadderRun>): string[] => sideRungsOf({ ...worker, ...run }).map(({ id }) => id);
const threadsOf = (run: Partial<LadderRun>): number[] =>
  sideRungsOf({ ...worker, ...run })
    .filter(({ id }) => id.startsWith('threads.'))
    .map(({ threads }) => threads);

describe('sideRungsOf', () => {
  test('asks for the baseline tier, and every other number of threads', () => {
    expect(idsOf({})).toEqual(['tier.baseline', 'threads.1', 'threads.3', 'threads.4']);
    expect(idsOf({ threads: 1, cores: 1 })).toEqual(['tier.baseline']);
  });

  test('on many cores asks for powers of two, and all of them', () => {
    expect(threadsOf({ threads: 2, cores: 4 })).toEqual([1, 3, 4]);
    expect(threadsOf({ threads: 4, cores: 8 })).toEqual([1, 2, 8]);
    expect(threadsOf({ threads: 4, cores: 12 })).toEqual([1, 2, 8, 12]);
    expect(threadsOf({ threads: 4, cores: 16 })).toEqual([1, 2, 8, 16]);
  });

  test('of a framework with a choice asks for the modules without SIMD', () => {
    expect(idsOf({ simd: true, threads: 1, cores: 2 })).toEqual(['tier.baseline', 'simd.off', 'threads.2']);
  });

  test('without SIMD leaves the other setting to the chain, and threads out, for there are none', () => {
    expect(idsOf({ simd: false, threads: 1 })).toEqual(['tier.baseline']);
  });

  test('without isolation tries no other number of threads, for there is one, and stays without it', () => {
    const run = { ...worker, threads: 1, threadsIfIsolated: 2 };
    expect(idsOf(run)).toEqual(['tier.baseline']);
    expect(sideRungsOf(run).map(({ page }) => page.isolated)).toEqual([false]);
  });

  test('are each the page as used with one thing changed, and none that the chain has', () => {
    for (const on of ['worker', 'main'] as const) {
      const run = { ...worker, on, simd: true };
      const chain = rungsOf(run);
      const { id: _, side: __, ...used } = chain.at(-1)!;
      for (const { id, side, ...rung } of sideRungsOf(run)) {
        expect(side).toBe(true);
        expect(chain.map((each) => each.id)).not.toContain(id);
        const keys = Object.keys(used) as (keyof typeof used)[];
        expect(keys.filter((key) => JSON.stringify(rung[key]) !== JSON.stringify(used[key]))).toHaveLength(1);
      }
    }
  });

  test('of a GPU backend asks for the Wasm backend alone, with the threads that it may have', () => {
    for (const backend of ['webgl', 'webgpu']) {
      const sides = sideRungsOf({ ...worker, backend });
      expect(sides).toMatchObject([{ id: 'wasm', side: true, backend: 'wasm', threads: 2, page: { isolated: true } }]);
      expect(sideRungsOf({ ...worker, backend, threadsIfIsolated: 2 })).toMatchObject([
        { threads: 1, page: { isolated: false } },
      ]);
    }
  });
});

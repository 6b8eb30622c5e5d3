import { describe, expect, test } from 'vitest';
import { scaling } from '../../../analyzers/gap/scaling.js';
import { rungsOf } from '../../../collectors/ladder/rungs.js';
import { sideRungsOf } from '../../../collectors/ladder/sideRungs.js';
import { buildLadder, inManifest, type Ladder } from '../buildLadder.js';

const run = { backend: 'wasm', threads: 2, on: 'worker', cores: 4, simd: null } as const;
/** Latency by number of threads, ms. */
const byThreads = [0, 120, 80, 60, 60];

/** Two of four threads, with every run beside the chain, in as many replicates as there are factors. */
function withSides(factors: readonly number[] = [0.9, 1, 1.1], of: Ladder['rungs'] = rungs): Ladder {
  const latenciesMs = of.map(({ runtime, id, threads }) =>
    runtime === 'native' || id === 'tier.baseline' ? 20 : byThreads[threads]!,
  );
  return buildLadder({ rungs: of, latenciesMs, factors });
}
const rungs = inManifest([...rungsOf(run), ...sideRungsOf(run)]);

describe('scaling', () => {
  test('is a latency, a speed-up and an efficiency for each number of threads', () => {
    const found = scaling(withSides());
    expect(found.map(({ threads }) => threads)).toEqual([1, 2, 3, 4]);
    for (const [i, value] of [120, 80, 60, 60].entries()) expect(found[i]!.medianMs).toBeCloseTo(value, 9);
    for (const [i, value] of [1, 1.5, 2, 2].entries()) expect(found[i]!.speedup).toBeCloseTo(value, 9);
    for (const [i, value] of [1, 0.75, 2 / 3, 0.5].entries()) expect(found[i]!.efficiency).toBeCloseTo(value, 9);
  });

  test('has an interval that what slowed all of them down does not widen', () => {
    for (const { efficiency, efficiencyCi95, ci95Ms } of scaling(withSides())) {
      for (const bound of efficiencyCi95) expect(bound).toBeCloseTo(efficiency, 9);
      expect(ci95Ms[1] - ci95Ms[0]).toBeGreaterThan(1);
    }
  });

  test('has an interval as wide as its pairs differ, around the efficiency', () => {
    const latency = (rung: number, replicate: number) => (rungs[rung]!.threads === 4 ? [50, 60, 70][replicate]! : 120);
    const { efficiency, efficiencyCi95 } = scaling(buildLadder({ rungs, latency })).at(-1)!;
    expect(efficiencyCi95[0]).toBeLessThan(efficiency);
    expect(efficiencyCi95[1]).toBeGreaterThan(efficiency);
  });

  test('leaves out what the framework did not take', () => {
    const capped = rungs.map((rung) => (rung.threads > 3 && rung.side ? { ...rung, threadsTaken: 3 } : rung));
    expect(scaling(withSides(undefined, capped)).map(({ threads }) => threads)).toEqual([1, 2, 3]);
  });

  test('is empty without a run of one thread, with one number of threads alone, and in an older bundle', () => {
    expect(
      scaling(
        withSides(
          undefined,
          rungs.filter(({ id }) => id !== 'threads.1'),
        ),
      ),
    ).toEqual([]);
    expect(scaling(buildLadder())).toEqual([]);
    const single = { ...run, threads: 1, cores: 1 };
    expect(scaling(withSides(undefined, inManifest([...rungsOf(single), ...sideRungsOf(single)])))).toEqual([]);
  });

  test('rests on the replicates that have all of them', () => {
    const ladder = withSides([1, 1, 1, 5]);
    const [last, ...others] = [...ladder.replicates].reverse();
    const chainOnly = { rounds: last!.rounds.map((round) => round.filter((_, i) => !rungs[i]!.side)) };
    const found = scaling({ ...ladder, replicates: [...others, chainOnly] });
    expect(found.map(({ medianMs }) => Math.round(medianMs))).toEqual([120, 80, 60, 60]);
    expect(scaling({ ...ladder, replicates: [chainOnly] })).toEqual([]);
  });
});

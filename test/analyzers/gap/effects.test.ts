import { describe, expect, test } from 'vitest';
import { effects } from '../../../analyzers/gap/effects.js';
import { rungsOf } from '../../../collectors/ladder/rungs.js';
import { whatIfRungs } from '../../../collectors/ladder/whatIfs.js';
import { random } from '../../../src/stats/random.js';
import { buildLadder, inManifest, type Ladder } from '../buildLadder.js';

const byId = (ladder: Ladder) => new Map(effects(ladder).map((effect) => [effect.id, effect]));
const sumOf = (ladder: Ladder): number => effects(ladder).reduce((sum, { ms }) => sum + ms, 0);
/** The step from native to the stripped-down browser is 40 ms, on 30 ms of native time. */
const withSpeeds = (nativeProduct: number | null, browserProduct: number | null) =>
  buildLadder({ probes: { scalar: 1, simd128: 4, relaxed: 8, nativeProduct, browserProduct } });

describe('effects', () => {
  test('are one per step, with that from native to the browser parted', () => {
    expect(effects(buildLadder()).map(({ id, alias }) => [id, alias])).toEqual([
      ['effect.isa', 'isa'],
      ['effect.library', 'library'],
      ['effect.tier', 'runtime.tier'],
      ['effect.stack', 'runtime.stack'],
      ['effect.bounds', 'runtime.bounds'],
    ]);
  });

  test('where the instruction set’s bound is smaller than the step, the rest is the library', () => {
    const found = byId(withSpeeds(150, 100));
    expect(found.get('effect.isa')!.ms).toBeCloseTo(15, 9);
    expect(found.get('effect.library')!.ms).toBeCloseTo(25, 9);
    expect(found.get('effect.isa')!.evidence).toContain('native 150.0, browser 100.0 GFLOP/s, 1.50×');
  });

  test('where the bound is larger, all of the step is the instruction set, and nothing the library', () => {
    const found = byId(withSpeeds(300, 100));
    expect(found.get('effect.isa')!.ms).toBeCloseTo(40, 9);
    expect(found.get('effect.library')!.ms).toBeCloseTo(0, 9);
  });

  test('a browser that computes as fast as native, or faster, loses nothing to the instruction set', () => {
    for (const browserProduct of [100, 120]) {
      const found = byId(withSpeeds(100, browserProduct));
      expect(found.get('effect.isa')).toMatchObject({ ms: 0, ci95Ms: [0, 0] });
      expect(found.get('effect.library')!.ms).toBeCloseTo(40, 9);
    }
  });

  test('nor does it where native’s interval is so wide that it reaches below nothing', () => {
    const probes = { scalar: 1, simd128: 4, relaxed: 8, nativeProduct: 100, browserProduct: 120 };
    const latency = (rung: number, replicate: number): number => [5, 30, 90][replicate]! + 40 * rung;
    const found = byId(buildLadder({ probes, latency }));
    expect(found.get('effect.isa')).toMatchObject({ ms: 0, ci95Ms: [0, 0] });
  });

  test('a step downwards is the library’s, since no instruction set gains time', () => {
    const found = byId(buildLadder({ latenciesMs: [20, 30, 25, 26, 27, 28] }));
    expect(found.get('effect.isa')!.ms).toBe(0);
    expect(found.get('effect.library')!.ms).toBeCloseTo(-5, 9);
  });

  test('where wider vectors and fused multiply-adds were run, the instruction set is parted by them, and all sums', () => {
    const run = { backend: 'wasm', threads: 2, on: 'worker', cores: 4, simd: true } as const;
    const whatIfRun = { ...run, framework: 'ort', freeDimensions: 0, others: [] } as const;
    const chain = rungsOf(run);
    const rungs = inManifest([...chain, ...whatIfRungs(whatIfRun, ['same', 'width', 'width.fma']).rungs]);
    const levels = [20, 30, 70, 73, 72, 80];
    const latency = (rung: number): number => ({ width: 68, 'width.fma': 71 })[rungs[rung]!.id] ?? levels[rung] ?? 80;
    const ladder = buildLadder({ rungs, latency });
    const found = byId(ladder);
    expect([...found.keys()].slice(0, 3)).toEqual(['effect.width', 'effect.fma', 'effect.code']);
    expect(found.get('effect.width')!.ms).toBeCloseTo(12, 9);
    expect(found.get('effect.fma')!.ms).toBeCloseTo(-3, 9);
    expect(found.get('effect.code')!.ms).toBeCloseTo(31, 9);
    expect(sumOf(ladder)).toBeCloseTo(80 - 30, 9);
  });

  test('without probes the step is not parted, and says so', () => {
    for (const ladder of [buildLadder({ probes: null }), withSpeeds(100, null), withSpeeds(null, 50)]) {
      const found = byId(ladder);
      expect(found.has('effect.isa')).toBe(false);
      expect(found.get('effect.library')!).toMatchObject({ title: 'Instruction set and library' });
      expect(found.get('effect.library')!.evidence).toContain('probes that part it did not run');
      expect(found.get('effect.library')!.ms).toBeCloseTo(40, 9);
    }
  });

  test.each([
    ['bound smaller', withSpeeds(150, 100)],
    ['bound larger', withSpeeds(300, 100)],
    ['step downwards', buildLadder({ latenciesMs: [20, 30, 25, 26, 27, 28] })],
    ['no probes', buildLadder({ probes: null })],
  ])('sum to the top less the bottom, parted or not: %s', (_, ladder) => {
    // Native with the page's threads.
    const [bottom, top] = [ladder.rungs[1]!.id, ladder.rungs.at(-1)!.id].map((id) =>
      ladder.replicates.map(({ rounds }) => rounds[0]!.find(({ rung }) => rung === id)!.ms[0]!),
    ) as [number[], number[]];
    const gapMs = top.reduce((sum, ms, i) => sum + ms - bottom[i]!, 0) / top.length;
    expect(Math.abs(sumOf(ladder) - gapMs)).toBeLessThan(1e-9);
  });

  test('lie inside their intervals, which are finite, however latencies and probes fall', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const next = random(seed);
      const speeds = { nativeProduct: 50 + 100 * next(), browserProduct: 50 + 100 * next() };
      const ladder = buildLadder({
        latency: () => 10 + 90 * next(),
        probes: { scalar: null, simd128: null, relaxed: null, ...speeds },
      });
      for (const { id, ms, ci95Ms } of effects(ladder)) {
        expect([seed, id, ci95Ms[0] <= ms + 1e-9 && ms <= ci95Ms[1] + 1e-9 && ci95Ms.every(Number.isFinite)]).toEqual([
          seed,
          id,
          true,
        ]);
      }
    }
  });

  test.each(
    [1, 2, 4].flatMap((threads) =>
      (['worker', 'main'] as const).flatMap((on) =>
        [null, true, false].map((simd) => ({ backend: 'wasm', threads, on, cores: 4, simd })),
      ),
    ),
  )('each has a title, evidence and advice with its size: $threads threads, $on, SIMD $simd', (run) => {
    const rungs = inManifest(rungsOf(run));
    const ladder = buildLadder({ rungs, latenciesMs: rungs.map((_, i) => 20 + 7 * i) });
    for (const probes of [ladder.probes, null]) {
      for (const { id, title, evidence, advice, ms } of effects({ ...ladder, probes })) {
        expect(title).not.toBe(id);
        expect([id, title.length > 0, evidence.length > 0]).toEqual([id, true, true]);
        expect(advice).toContain(`${Number(ms.toPrecision(3))} ms`);
      }
    }
  });

  test('say what a page without isolation would gain by two headers', () => {
    const isolation = rungsOf({ backend: 'wasm', threads: 1, threadsIfIsolated: 2, on: 'worker', cores: 2, simd: null });
    const ladder = buildLadder({ rungs: inManifest(isolation), latency: (rung) => (rung === isolation.length - 1 ? 80 : 50) });
    const effect = byId(ladder).get('effect.isolation')!;
    expect(effect.ms).toBeCloseTo(30, 9);
    expect(effect.advice).toMatch(/Cross-Origin-Opener-Policy: same-origin and .*: require-corp would save 30 ms/);
  });

  test('the bound of the instruction set says where it is loose', () => {
    expect(byId(buildLadder()).get('effect.isa')!.evidence).toContain('loose where memory decides');
  });

  test('of rungs beside the chain there are none', () => {
    const ladder = buildLadder();
    const side = { ...ladder.rungs.at(-1)!, id: 'threads.4', side: true, threads: 4 };
    const rungs = [side, ...ladder.rungs];
    const withSide = buildLadder({ rungs, latenciesMs: [500, 20, 30, 70, 73, 72, 80] });
    expect(effects(withSide)).toEqual(effects(ladder));
  });

  test('of a bundle with names of its own are given under those names', () => {
    const names = ['native', 'constructor', '__proto__', 'toString'];
    const rungs = names.map((id, place) => ({ ...buildLadder().rungs[place === 0 ? 0 : 2]!, id }));
    const found = effects(buildLadder({ rungs, latenciesMs: [1, 2, 3, 4] }));
    expect(found.map(({ id, alias, title, evidence, advice }) => [id, alias, title, evidence, advice])).toEqual(
      names.slice(1).map((id) => [id, id, id, '', '']),
    );
  });

  test('of a GPU backend are what the browser adds, WebGL and the page, and sum to the gap exactly', () => {
    const rungs = inManifest(rungsOf({ backend: 'webgl', threads: 1, on: 'main', cores: 2, simd: null }));
    const ladder = buildLadder({ rungs, probes: null, latenciesMs: [10, 25, 65, 72.5] });
    const found = effects(ladder);
    expect(found.map(({ id, alias }) => [id, alias])).toEqual([
      ['effect.browser', 'gpu.browser'],
      ['effect.webgl', 'gpu.webgl'],
      ['effect.page', 'contention.page'],
    ]);
    for (const [i, ms] of [15, 40, 7.5].entries()) expect(found[i]!.ms).toBeCloseTo(ms, 9);
    expect(Math.abs(sumOf(ladder) - 62.5)).toBeLessThan(1e-9);
    expect(found[1]!.advice).toMatch(/WebGPU backend would save 40.* ms .*--backend webgpu/);
    for (const { id, title, evidence } of found) expect([title === id, evidence.length > 0]).toEqual([false, true]);
  });
});

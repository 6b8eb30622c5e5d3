import { describe, expect, test } from 'vitest';
import { beside } from '../../../analyzers/gap/beside.js';
import { runGap } from '../../../analyzers/gap/gap.js';
import { runLatency } from '../../../analyzers/latency/latency.js';
import { rungsOf } from '../../../collectors/ladder/rungs.js';
import { sideRungsOf } from '../../../collectors/ladder/sideRungs.js';
import { whatIfRungs } from '../../../collectors/ladder/whatIfs.js';
import { buildLadder, inManifest, type Ladder } from '../buildLadder.js';
import { baseline, buildManifest } from '../buildManifest.js';

const run = { backend: 'wasm', threads: 2, on: 'worker', cores: 2, simd: true } as const;
const chain = rungsOf(run);
const rungs = inManifest([...chain, ...sideRungsOf(run)]);
/** The page as used takes 50 ms. */
const levels: Readonly<Record<string, number>> = { 'tier.baseline': 130, 'simd.off': 90, 'threads.1': 40 };

function withSides(of: Ladder['rungs'] = rungs, spread = 0): Ladder {
  return buildLadder({
    rungs: of,
    latency: (rung, replicate) => (levels[of[rung]!.id] ?? 50) + (of[rung]!.side ? spread * (replicate - 1) : 0),
  });
}
const byId = (ladder: Ladder) => new Map(beside(ladder).map((each) => [each.id, each]));

describe('beside', () => {
  test('is the difference of each such run to the page as used: positive is slower', () => {
    expect(beside(withSides()).map(({ id, ms }) => [id, ms])).toEqual([
      ['tier.baseline', 80],
      ['simd.off', 40],
      ['threads.1', -10],
    ]);
  });

  test('says what it means, with its size', () => {
    const found = byId(withSides());
    expect(found.get('tier.baseline')!.advice).toMatch(/DevTools debugger is open takes 80 ms .* longer/);
    expect(found.get('simd.off')!.advice).toContain('keep the modules with SIMD');
    expect(found.get('threads.1')!.advice).toContain('1 thread would save 10 ms (10 to 10)');
    for (const { title, evidence } of found.values()) expect([title.length > 0, evidence.length > 0]).toEqual([true, true]);
  });

  test('says nothing of what cannot be told from nothing', () => {
    for (const { advice } of beside(withSides(rungs, 100))) expect(advice).toContain('cannot be told from nothing');
  });

  test('says how many threads it took, where these were fewer', () => {
    const capped = rungs.map((rung) => (rung.id === 'simd.off' ? { ...rung, threadsTaken: 1 } : rung));
    expect(byId(withSides(capped)).get('simd.off')!.evidence).toContain('which run 1 thread');
  });

  test('of a GPU backend says whether it is worth it', () => {
    const gpu = { ...run, backend: 'webgpu', simd: null };
    const both = inManifest([...rungsOf(gpu), ...sideRungsOf(gpu)]);
    const adviceAt = (wasmMs: number) =>
      beside(buildLadder({ rungs: both, latency: (rung) => (both[rung]!.id === 'wasm' ? wasmMs : 50) }))[0]!.advice;
    expect(adviceAt(90)).toContain('would take 40 ms (40 to 40) longer, so the GPU backend is worth it');
    expect(adviceAt(20)).toContain('Wasm backend would save 30 ms (30 to 30): on this device the GPU backend is not worth it');
  });

  test('of names of a bundle’s own is given under those names', () => {
    const named = rungs.map((rung) =>
      rung.side ? { ...rung, id: `constructor${rung.threads}${rung.simd}${rung.v8Flags}` } : rung,
    );
    for (const { id, title, evidence, advice } of beside(withSides(named)))
      expect([title, evidence, advice]).toEqual([id, '', '']);
    const constructed = rungs
      .filter(({ id, side }) => !side || id === 'simd.off')
      .map((rung) => (rung.side ? { ...rung, id: 'constructor' } : rung));
    expect(beside(withSides(constructed)).map(({ title }) => title)).toEqual(['constructor']);
  });

  test('of a page that was changed says the ratio, and whether the outputs agree', () => {
    const sides = whatIfRungs({ ...run, framework: 'ort', freeDimensions: 0, others: [] }, [
      'same',
      'fma',
      'width',
      'width.fma',
      'isolation',
    ]).rungs;
    const outputs = {
      match: false,
      tolerance: 1e-5,
      outputs: [{ name: 'y', shape: [1], maxRelativeDifference: 0.5, problem: null }],
    };
    const changed = inManifest([...chain, ...sides]).map((rung) => (rung.id === 'fma' ? { ...rung, outputs } : rung));
    const ladder = buildLadder({
      rungs: changed,
      latency: (rung) => (changed[rung]!.id === 'width' ? 40 : changed[rung]!.id === 'fma' ? 55 : 50),
    });
    const found = byId(ladder);
    expect([...found.keys()]).toEqual(['same', 'fma', 'width', 'width.fma', 'isolation']);
    expect(found.get('width')).toMatchObject({ ms: -10, ratio: 0.8, outputsAgree: null });
    expect(found.get('width')!.advice).toContain('Wider vectors would save 10 ms');
    expect(found.get('fma')).toMatchObject({ outputsAgree: false, outputDifference: 0.5 });
    expect(found.get('fma')!.advice).toContain('with other outputs: that says nothing');
  });

  test('of builds, sessions and libraries says which, and what it is worth', () => {
    const others = [{ framework: 'tfjs', lack: null }] as const;
    const asked = whatIfRungs({ ...run, framework: 'ort', freeDimensions: 1, others }, ['build', 'session', 'shapes', 'library']);
    const changed = inManifest([...chain, ...asked.rungs]);
    const ms: Readonly<Record<string, number>> = { session: 75, 'library.tfjs': 30, 'build.jsep': 60 };
    const found = byId(buildLadder({ rungs: changed, latency: (rung) => ms[changed[rung]!.id] ?? 50 }));
    expect(found.get('session')!.advice).toContain('25 ms (25 to 25) longer: that is what keeping it is worth');
    expect(found.get('build.jsep')).toMatchObject({ title: 'Another of the framework’s builds: jsep', ratio: 1.2 });
    expect(found.get('library.tfjs')!.advice).toContain('TensorFlow.js would save 20 ms');
    expect(found.get('shapes')!.advice).toContain('cannot be told from nothing');
  });

  test('what the same page differs by from itself is told of no other', () => {
    const asked = whatIfRungs({ ...run, framework: 'ort', freeDimensions: 0, others: [] }, ['same', 'width', 'fma']);
    const changed = inManifest([...chain, ...asked.rungs]);
    const ms: Readonly<Record<string, number>> = { same: 53, width: 48, fma: 40 };
    const found = byId(buildLadder({ rungs: changed, latency: (rung) => ms[changed[rung]!.id] ?? 50 }));
    expect(found.get('width')!.advice).toContain('no more than the same page differs by');
    expect(found.get('fma')!.advice).toContain('would save 10 ms');
  });

  test('is left out where it never ran', () => {
    const ladder = withSides();
    const replicates = ladder.replicates.map(({ rounds }) => ({ rounds: rounds.map((round) => round.slice(0, chain.length)) }));
    expect(beside({ ...ladder, replicates })).toEqual([]);
  });

  test('changes nothing of the latency, the gap and its effects', () => {
    const without = buildManifest({ ladder: withSides(rungs.filter(({ side }) => !side)) });
    const manifest = buildManifest({ ladder: withSides() });
    expect(runLatency(manifest)).toEqual(runLatency(without));
    const { scaling: _, beside: __, ...found } = runGap(manifest, baseline)!;
    expect(runGap(without, baseline)).toMatchObject(found);
  });
});

import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { causes } from '../../../analyzers/partition/causes/index.js';
import type { Partition } from '../../../analyzers/partition/partition.js';
import { random } from '../../../src/stats/random.js';
import { buildManifest } from '../buildManifest.js';
import { type Frame, idle, js, program, RunBuilder, samplingMs, wasm } from '../buildRun.js';

const partitionOf = (run: RunBuilder, parts = {}): Partition | null => analyze(run.input(parts)).partition;

describe('partition', () => {
  test('counts windows and the samples that it rests on, and says where the windows came from', () => {
    const run = new RunBuilder();
    const worker = run.thread().executes(wasm('simd128'), 0, 100);
    worker.phase('warm-up:0', 0, 20).phase('iteration:0', 20, 40).phase('iteration:1', 50, 80).phase('iteration:2', 80, 90);
    expect(partitionOf(run)).toMatchObject({
      windows: 3,
      windowMedianMs: 20,
      samples: 60 / samplingMs,
      windowSource: 'the run’s own user timing',
      unattributedShare: 0,
    });
  });

  test('orders causes by share, unattributed last, and titles them', () => {
    const run = new RunBuilder();
    const worker = run.thread().executes(program, 0, 50).executes(wasm('scalar'), 50, 60).executes(wasm('simd128'), 60, 80);
    worker.phase('iteration:0', 0, 80);
    const found = partitionOf(run)!;
    expect(found.causes.map(({ id }) => id)).toEqual(['isa.simd128', 'isa.scalar', 'unattributed']);
    expect(found.unattributedShare).toBeCloseTo(50 / 80, 6);
    const { title, meaning } = causes['isa.simd128'];
    expect(found.causes[0]).toMatchObject({ title, meaning });
  });

  test('splits the warm-up by itself, with its own evidence', () => {
    const run = new RunBuilder();
    const worker = run.thread().executes(js, 0, 40).executes(wasm('simd128'), 40, 80).slice('wasm.CompileLazy', 10, 30);
    worker.phase('warm-up:0', 0, 40).phase('iteration:0', 40, 80);
    const { causes, warmup } = partitionOf(run, { manifest: buildManifest() })!;
    expect(causes.map(({ id }) => id)).toEqual(['isa.simd128']);
    expect(warmup!.map(({ id, ms }) => [id, Math.round(ms)])).toEqual([
      ['runtime.compile', 20],
      ['runtime.glue', 20],
    ]);
    expect(warmup!.map(({ evidence }) => evidence)).toEqual(['1 slice (wasm.CompileLazy 100 %)', '100 samples (run 100 %)']);
  });

  test('has no warm-up where the trace has none, and is null without windows', () => {
    const run = new RunBuilder();
    const worker = run.thread().executes(wasm('simd128'), 0, 40);
    expect(partitionOf(run)).toBeNull();
    worker.phase('iteration:0', 0, 40);
    expect(partitionOf(run)!.warmup).toBeNull();
  });

  test('gives every cause of random runs what was planted, within the sampling resolution of its edges', () => {
    const kinds: readonly (readonly [Frame, string])[] = [
      [wasm('simd128'), 'isa.simd128'],
      [wasm('scalar'), 'isa.scalar'],
      [wasm('spin'), 'contention.spin'],
      [wasm('copy'), 'runtime.memory'],
      [js, 'runtime.glue'],
      [program, 'unattributed'],
      [idle, 'unattributed'],
    ];
    for (let seed = 1; seed <= 20; seed++) {
      const next = random(seed);
      const run = new RunBuilder();
      const worker = run.thread();
      const expected = new Map<string, number>();
      let at = 0;
      let stretches = 0;
      for (; at < 100; stretches++) {
        const [frame, cause] = kinds[Math.floor(next() * kinds.length)]!;
        const endMs = Math.min(100, at + 1 + Math.floor(next() * 20));
        if (frame === idle) worker.sleeps(frame, at, endMs);
        else worker.executes(frame, at, endMs);
        expected.set(cause, (expected.get(cause) ?? 0) + endMs - at);
        at = endMs;
      }
      worker.phase('iteration:0', 0, 100);
      const { causes } = partitionOf(run)!;
      const found = new Map(causes.map(({ id, ms }): [string, number] => [id, ms]));
      expect([...found.keys()].filter((id) => id !== 'contention.preempted').sort()).toEqual([...expected.keys()].sort());
      expect(found.get('contention.preempted') ?? 0).toBeLessThan(samplingMs * stretches);
      for (const [id, ms] of expected) expect(Math.abs(found.get(id)! - ms)).toBeLessThanOrEqual(samplingMs * stretches);
      expect(causes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    }
  });

  test('splits windows on two threads by what each of them did', () => {
    const run = new RunBuilder();
    run.thread().executes(wasm('simd128'), 0, 20).measure('infer', 0, 20);
    run.thread().executes(wasm('scalar'), 10, 40).measure('infer', 10, 40);
    const found = partitionOf(run, { mark: 'infer' })!;
    expect(found.causes.map(({ id, share }) => [id, Math.round(share * 100)])).toEqual([
      ['isa.scalar', 60],
      ['isa.simd128', 40],
    ]);
  });
});

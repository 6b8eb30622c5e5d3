import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../analyzers/index.js';
import { analyze } from '../../analyzers/index.js';
import { NOTHING_BESIDE } from '../../analyzers/input.js';
import { random } from '../../src/stats/random.js';
import type { Trace } from '../../src/trace/trace.js';
import { baseline, buildManifest } from './buildManifest.js';
import { js, module, RunBuilder, readEvents, wasm } from './buildRun.js';

const ofTrace = (trace: Trace, mark: string | null = null): Analysis =>
  analyze({
    name: 'built',
    toolVersion: '0',
    ...NOTHING_BESIDE,
    symbols: null,
    trace,
    modules: [module],
    mark,
  });

function sound(): RunBuilder {
  const run = new RunBuilder();
  const worker = run.thread().executes(js, 0, 10).executes(wasm('simd128'), 10, 100).task(0, 100);
  worker.phase('setup', 0, 20).phase('warm-up:0', 20, 50).phase('iteration:0', 50, 70).phase('iteration:1', 70, 90);
  return run;
}

describe('analyze', () => {
  test('has every part for a whole bundle', () => {
    const found = analyze(sound().input({ manifest: buildManifest(), baseline }));
    expect(found).toMatchObject({
      schema: 'inferscope.analysis/1',
      source: { name: 'built', kind: 'bundle', complete: true },
      run: { id: 'r1', model: 'model', framework: 'ort', frameworkVersion: '1.30.0', threads: 2, threadsAsked: 2, rounds: 6 },
      machine: { cores: 4 },
      browser: { product: 'Chrome/156' },
      latency: { prediction: { medianMs: 60 } },
      gap: { ratio: 3 },
      partition: { windows: 2, causes: [{ id: 'isa.simd128', share: 1 }] },
      wasm: { functions: [{ name: 'wasm-function[0]' }] },
      timeline: { windowMs: 20 },
      trace: { events: expect.any(Number) },
    });
    expect(found.browser).not.toHaveProperty('executable');
  });

  test('gives the same analysis for the same input', () => {
    const input = sound().input({ manifest: buildManifest(), baseline });
    expect(JSON.stringify(analyze(input))).toBe(JSON.stringify(analyze(input)));
  });

  test('has what a trace alone tells', () => {
    expect(analyze(sound().input())).toMatchObject({
      source: { kind: 'trace' },
      run: null,
      machine: null,
      browser: null,
      latency: null,
      gap: null,
      partition: { windows: 2 },
    });
  });

  test('has what a bundle without its trace tells', () => {
    const manifest = buildManifest({ status: 'recording', framework: null, browser: null });
    expect(analyze(sound().input({ manifest, baseline: null, trace: null, modules: [] }))).toMatchObject({
      source: { complete: false },
      run: { threads: 2, frameworkVersion: 'unknown', crossOriginIsolated: false },
      browser: null,
      partition: null,
      wasm: null,
      timeline: null,
      frames: null,
      trace: null,
    });
  });

  test('has no partition for an empty trace', () => {
    expect(ofTrace(readEvents([]))).toMatchObject({ partition: null, timeline: null, wasm: null, frames: null });
  });

  test('has a partition for a window at the very end of a trace, and for one without samples', () => {
    const run = new RunBuilder();
    run.thread().executes(wasm('simd128'), 0, 20).measure('infer', 10, 20).measure('infer', 500, 510);
    const { partition } = analyze(run.input({ mark: 'infer' }));
    expect(partition!.causes.map(({ id, share }) => [id, Math.round(share * 100)])).toEqual([
      ['isa.simd128', 50],
      ['unattributed', 50],
    ]);
  });

  test('can always be written as JSON, and never throws, whatever the events are', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const next = random(seed);
      const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)]!;
      const number = () => pick([0, 1, -1, 5, 10, 50, 1e3, 1e9, 1e15, -1e9, 0.1, 1e308, next() * 100, Math.floor(next() * 100)]);
      const name = () =>
        pick([
          'infer',
          'infer',
          '__proto__',
          'constructor',
          'MinorGC',
          'wasm.LogCode',
          'V8.LogCode',
          'RunTask',
          '',
          'inferscope:r1:iteration:0',
        ]);
      const frame = () => pick([wasm('simd128'), wasm('wait'), js, { functionName: name() }, { functionName: '(idle)' }]);
      const event = (): object => {
        const base = { pid: pick([1, 2]), tid: pick([1, 2, 3]), ts: number(), name: name(), id: pick(['0x1', '0x2', '0x3']) };
        const { caller: _, ...callFrame } = frame();
        const nodes = [1, 2, 3].map((id) => ({ id: pick([id, id, number()]), parent: pick([1, 2, 3, number()]), callFrame }));
        const count = Math.floor(next() * 30);
        const samples = Array.from({ length: count }, () => pick([1, 2, 3, 99, -1]));
        const timeDeltas = Array.from({ length: count }, () => pick([1, 1, 2, 5, number()]));
        const report = {
          frame_reporter: { state: pick(['STATE_DROPPED', 'STATE_PRESENTED_ALL']), affects_smoothness: next() < 0.5 },
        };
        return pick<object>([
          { ...base, ph: 'X', cat: 'v8', dur: number(), tdur: pick([number(), undefined]) },
          { ...base, ph: pick(['B', 'E']), cat: 'v8', tts: number() },
          { ...base, ph: pick(['b', 'e', 'b', 'e']), cat: 'blink.user_timing' },
          { ...base, ph: 'I', cat: 'blink.user_timing', tts: pick([number(), undefined]) },
          { ...base, ph: pick(['b', 'e']), cat: 'cc', name: 'PipelineReporter', args: report },
          { ...base, ph: 'P', name: 'Profile', args: { data: { startTime: number() } } },
          { ...base, ph: 'P', name: 'ProfileChunk', args: { data: { cpuProfile: { nodes, samples }, timeDeltas } } },
          { ...base, ph: 'M', name: 'thread_name', args: { name: name() } },
        ]);
      };
      const trace = readEvents(Array.from({ length: 5 + Math.floor(next() * 100) }, event));
      for (const mark of [null, '*', 'infer']) {
        const found = ofTrace(trace, mark);
        expect(() => JSON.stringify(found), `seed ${seed}`).not.toThrow();
        const causes = found.partition?.causes ?? [];
        const shares = causes.reduce((sum, { share }) => sum + share, 0);
        if (causes.length > 0) expect(Math.abs(shares - 1), `seed ${seed}, mark ${mark}`).toBeLessThan(1e-6);
      }
    }
  });

  test('takes a time in proportion to the number of windows', () => {
    const msFor = (count: number): number => {
      const run = { pid: 1, tid: 1 };
      const events: object[] = [];
      for (let i = 0; i < count; i++) {
        const id = `0x${i.toString(16)}`;
        const timing = { ...run, cat: 'blink.user_timing', name: 'infer', id };
        events.push({ ...run, ph: 'X', cat: 'toplevel', name: 'RunTask', ts: 100 * i, dur: 90, tdur: 80 });
        events.push({ ...run, ph: 'X', cat: 'v8', name: 'MinorGC', ts: 100 * i + 20, dur: 5, tdur: 5 });
        events.push({ ...timing, ph: 'b', ts: 100 * i + 10 }, { ...timing, ph: 'e', ts: 100 * i + 80 });
        events.push({
          ...run,
          ph: 'b',
          cat: 'cc',
          name: 'PipelineReporter',
          id,
          ts: 100 * i,
          args: { frame_reporter: { state: 'STATE_DROPPED' } },
        });
        events.push({ ...run, ph: 'e', cat: 'cc', name: 'PipelineReporter', id, ts: 100 * i + 50 });
      }
      const { caller: _, ...callFrame } = wasm('simd128');
      const cpuProfile = { nodes: [{ id: 1, callFrame }], samples: Array.from({ length: 2 * count }, () => 1) };
      const timeDeltas = Array.from({ length: 2 * count }, () => 50);
      events.push({ ...run, ph: 'P', name: 'Profile', id: '0x1', ts: 0, args: { data: { startTime: 0 } } });
      events.push({ ...run, ph: 'P', name: 'ProfileChunk', id: '0x1', ts: 0, args: { data: { cpuProfile, timeDeltas } } });
      const trace = readEvents(events);
      const start = performance.now();
      expect(ofTrace(trace, 'infer').partition!.windows).toBe(count);
      return performance.now() - start;
    };
    expect(msFor(5000) / msFor(500)).toBeLessThan(40);
  });
});

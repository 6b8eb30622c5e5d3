import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../analyzers/frames/vsyncs.js';
import { causesOf, frameCauseIds } from '../../../analyzers/qoe/frameCauses.js';
import { RunBuilder } from '../buildRun.js';

const PERIOD_MS = 10;

/** Vsyncs at these times, all with this verdict. */
const vsyncs = (atMs: readonly number[], verdict: Verdict = 'missed', mainAnimation = true) =>
  atMs.map((ms) => ({ startUs: ms * 1000, verdict, shownUs: [], mainAnimation }));

function causes(
  build: (run: RunBuilder) => void,
  frames: ReturnType<typeof vsyncs>,
  inferencesMs: readonly (readonly [number, number])[] = [],
) {
  const run = new RunBuilder();
  run.thread('CrRendererMain');
  run.thread('Compositor');
  run.thread('VizCompositorThread');
  build(run);
  const inferences = inferencesMs.map(([from, to]) => ({ startUs: from * 1000, endUs: to * 1000, value: null }));
  const affected = causesOf(run.trace(), frames, PERIOD_MS * 1000, { main: 0, compositor: [1], gpu: [2] }, inferences);
  const weights = Object.fromEntries(
    frameCauseIds.map((id) => [id, affected.reduce((sum, { causes: own }) => sum + (own[id] ?? 0), 0)]),
  );
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  const found = Object.fromEntries(frameCauseIds.filter((id) => weights[id]! > 0.001).map((id) => [id, weights[id]]));
  return { found, total };
}

describe('a vsync that was missed', () => {
  test('has causes that sum to 1, whatever ran', () => {
    const names = ['FunctionCall', 'UpdateLayoutTree', 'MajorGC', 'v8.compile', 'RunTask', 'unknown'];
    const slice = fc.tuple(
      fc.nat(2),
      fc.constantFrom(...names),
      fc.double({ min: 0, max: 100, noNaN: true }),
      fc.double({ min: 0, max: 40, noNaN: true }),
    );
    const verdict = fc.constantFrom<Verdict>('missed', 'partial', 'idle', 'onTime');
    const frame = fc.tuple(fc.nat(120), verdict, fc.boolean());
    const busy = fc.tuple(fc.nat(100), fc.nat(40));
    fc.assert(
      fc.property(fc.array(slice), fc.array(frame), fc.option(busy), fc.array(busy), (slices, frames, inference, off) => {
        const build = (run: RunBuilder): void => {
          for (const [from, ms] of off) run.threads[0]!.preempted(from, from + ms);
          for (const [thread, name, from, ms] of slices) run.threads[thread]!.slice(name, from, from + ms);
        };
        const rows = frames.flatMap(([at, of, needsMain]) => vsyncs([at], of, needsMain));
        const affected = rows.filter((row) => row.verdict === 'missed' || row.verdict === 'partial').length;
        const { total, found } = causes(build, rows, inference ? [[inference[0], inference[0] + inference[1]]] : []);
        expect(total).toBeCloseTo(affected, 6);
        expect(Object.values(found).every((weight) => weight! > 0)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('was held up by the script that ran, by style, by garbage and by code that was compiled, each by itself', () => {
    const build = (run: RunBuilder): void => {
      const main = run.threads[0]!;
      main.task(0, 10).slice('FunctionCall', 0, 10);
      main.task(20, 30).slice('UpdateLayoutTree', 20, 30);
      main.task(40, 50).slice('FunctionCall', 40, 50).slice('MajorGC', 40, 50);
      main.task(60, 70).slice('FunctionCall', 60, 70).slice('v8.compile', 60, 70);
      main.task(80, 90);
    };
    const { found, total } = causes(build, vsyncs([0, 20, 40, 60, 80]));
    expect(found).toEqual({ 'frame.script': 1, 'frame.style': 1, 'frame.gc': 1, 'frame.compile': 1, 'frame.task': 1 });
    expect(total).toBeCloseTo(5);
  });

  test('was held up by the inference on its thread, and its garbage by itself', () => {
    const build = (run: RunBuilder): void => {
      run.threads[0]!.task(0, 20).slice('FunctionCall', 0, 20).slice('MinorGC', 15, 20);
    };
    const { found } = causes(build, vsyncs([0, 10]), [[0, 20]]);
    expect(found).toEqual({ 'frame.inference': 1.5, 'frame.gc': 0.5 });
  });

  test('has two causes where its thread had the core for a part of the task only', () => {
    const build = (run: RunBuilder): void => {
      run.threads[0]!.task(0, 10).slice('FunctionCall', 0, 10).preempted(2, 8);
    };
    const { found } = causes(build, vsyncs([0]));
    expect(found['frame.preempted']).toBeCloseTo(0.6);
    expect(found['frame.script']).toBeCloseTo(0.4);
  });

  test('is of a collection for all of its time, as that waits for its helpers off the core', () => {
    const build = (run: RunBuilder): void => {
      run.threads[0]!.task(0, 10).slice('MajorGC', 0, 10).preempted(2, 8);
    };
    expect(causes(build, vsyncs([0])).found).toEqual({ 'frame.gc': 1 });
  });

  test('is not of the main thread where the frame did not need it', () => {
    const build = (run: RunBuilder): void => {
      run.threads[0]!.task(0, 10).slice('FunctionCall', 0, 10);
      run.threads[1]!.task(0, 6);
    };
    expect(causes(build, vsyncs([0], 'missed', false)).found).toEqual({ 'frame.compositor': 1 });
  });

  test('is of the GPU process where that was busy, and of nobody where nobody was', () => {
    const build = (run: RunBuilder): void => {
      run.threads[2]!.task(0, 8);
    };
    expect(causes(build, vsyncs([0, 50])).found).toEqual({ 'frame.draw': 1, 'frame.unexplained': 1 });
  });

  describe('beside commands of scripts for the GPU', () => {
    /** The GPU process works on commands of a context, in a task that waits for the device for a part of its time. */
    const commands = (run: RunBuilder, handler: string, { onCoreMs = 10, waitsMs = 0 } = {}): void => {
      const gpu = run.threads[2]!.task(0, 10);
      gpu.event({ ph: 'X', cat: 'gpu', name: 'CommandBufferService:PutChanged', dur: 10_000, args: { handler } }, 0);
      if (onCoreMs < 10) gpu.preempted(onCoreMs, 10);
      if (waitsMs > 0) gpu.slice('ContextVk::finishImpl', 10 - waitsMs, 10);
    };

    test('is of these, and of drawing where the context is the browser’s', () => {
      expect(causes((run) => commands(run, '.WebGL-0x1'), vsyncs([0])).found).toEqual({ 'frame.gpu': 1 });
      expect(causes((run) => commands(run, 'WebGPUDecoderImpl'), vsyncs([0])).found).toEqual({ 'frame.gpu': 1 });
      expect(causes((run) => commands(run, '.BrowserRasterWorker-0x1'), vsyncs([0])).found).toEqual({ 'frame.draw': 1 });
    });

    test('is of these while they wait for the device, and of other programs where nothing shows a wait', () => {
      const waiting = causes((run) => commands(run, '.WebGL-0x1', { onCoreMs: 2, waitsMs: 8 }), vsyncs([0])).found;
      expect(waiting).toEqual({ 'frame.gpu': 1 });
      const { found } = causes((run) => commands(run, '.WebGL-0x1', { onCoreMs: 4 }), vsyncs([0]));
      expect(found['frame.gpu']).toBeCloseTo(0.4);
      expect(found['frame.preempted']).toBeCloseTo(0.6);
    });

    test('is of the inference whose thread waits for them', () => {
      const build = (run: RunBuilder): void => {
        commands(run, '.WebGL-0x1', { onCoreMs: 2, waitsMs: 8 });
        const main = run.threads[0]!.task(0, 10).slice('FunctionCall', 0, 10);
        main.preempted(1, 10).slice('CommandBufferProxyImpl::WaitForGetOffset', 1, 10);
      };
      expect(causes(build, vsyncs([0]), [[0, 10]]).found).toEqual({ 'frame.inference': 1 });
    });
  });

  test('is not of an inference that only waits, but of what the thread does meanwhile', () => {
    const build = (run: RunBuilder): void => {
      const main = run.threads[0]!;
      main.task(0, 2).slice('FunctionCall', 0, 2);
      main.task(10, 20).slice('UpdateLayoutTree', 10, 20);
      main.task(20, 30).slice('FireAnimationFrame', 20, 30).slice('FunctionCall', 20, 30);
      // It goes on with an answer.
      main.task(30, 40).slice('RunMicrotasks', 30, 40);
    };
    const { found } = causes(build, vsyncs([10, 20, 30]), [[0, 40]]);
    expect(found).toEqual({ 'frame.style': 1, 'frame.script': 1, 'frame.inference': 1 });
  });
});

test('vsyncs that were on time or idle have no cause', () => {
  const build = (run: RunBuilder): void => {
    run.threads[0]!.task(0, 10).slice('FunctionCall', 0, 10);
  };
  expect(causes(build, [...vsyncs([0], 'onTime'), ...vsyncs([0], 'idle')]).total).toBe(0);
  expect(causes(build, vsyncs([0], 'partial')).found).toEqual({ 'frame.script': 1 });
});

import { describe, expect, test } from 'vitest';
import { type Analysis, analyze } from '../../../analyzers/index.js';
import type { Manifest } from '../../../src/bundle/manifest.js';
import type { OperatorLog } from '../../../src/bundle/operatorLog.js';
import { loadInput } from '../../../src/loadInput.js';
import { buildPageManifest } from '../../bundle/buildPageManifest.js';
import { recordedNames, unpackRecorded } from '../../bundle/unpackRecorded.js';
import { baseline, buildManifest } from '../buildManifest.js';
import { type Frame, js, RunBuilder, wasm } from '../buildRun.js';
import { buildNode } from '../operators/buildNode.js';
import { profiledTrace } from '../profiledTrace.js';
import { expectConsistent } from './consistent.js';
import { expectSound } from './sound.js';

const idsOf = ({ steps }: Analysis): string[] => steps!.map(({ id }) => id);
const textOf = ({ steps }: Analysis): string => JSON.stringify(steps);

/** Twelve predictions of 60 ms in a worker. */
function builtRun(): RunBuilder {
  const run = new RunBuilder();
  const thread = run.thread();
  for (let i = 0; i < 12; i++)
    thread
      .executes(wasm('simd128'), 100 * i, 100 * i + 60)
      .task(100 * i, 100 * i + 60)
      .phase(`iteration:${i}`, 100 * i, 100 * i + 60);
  return run;
}

describe('a slow kind of operator', () => {
  const image = [1, 32, 56, 56];
  const stretches = (startMs: number, ms: number) => ({ prediction: [0, 1], startMs: [startMs, startMs + 100], ms: [ms, ms] });
  const depthwise = buildNode({
    name: 'dw',
    inputs: [image, [32, 1, 3, 3]],
    outputs: [image],
    hostMs: [30, 30],
    stretches: stretches(0, 30),
  });
  const pointwise = buildNode({
    name: 'pw',
    inputs: [image, [64, 32, 1, 1]],
    outputs: [[1, 64, 56, 56]],
    hostMs: [1, 1],
    stretches: stretches(30, 1),
  });
  const native = [
    { ...depthwise, hostMs: [2], stretches: null },
    { ...pointwise, hostMs: [0.5], stretches: null },
  ];
  const kernels: OperatorLog = {
    schema: 'inferscope.kernels/1',
    browser: {
      source: 'a runtime',
      graph: 'onnx',
      predictionsMs: [40, 40],
      nodes: [depthwise, pointwise],
      runs: { first: 0, startMs: [0, 100], ms: [31, 31] },
    },
    native: { source: 'native', graph: 'onnx', predictionsMs: [3], nodes: native, runs: null },
    peaks: { threads: 1, instructions: 'simd128', gigaflops: 40, gigabytesPerSecond: 20 },
  };
  const analysis = analyze(builtRun().input({ manifest: buildManifest(), baseline, kernels, operatorTrace: profiledTrace() }));

  test('is named first, with what it could save at most, the function that it runs in, and native', () => {
    const [first] = analysis.steps!;
    expect(first).toMatchObject({
      id: 'operators.depthwise',
      who: 'framework',
      saves: { of: 'prediction', kind: 'bound' },
      where: [{ operators: 'depthwise', function: 'wasm-function[2]' }],
    });
    expect(first!.title).toContain('depthwise convolutions: 1 operator, 96.8 % of the time, 15.0× native');
    // 30 ms but for the roof’s 0.05, of a profiled prediction of 40 ms; a timed one takes 60.
    expect(first!.saves.ms).toBeCloseTo((29.95 * 60) / 40, 0);
    expect(first!.saves.ms).toBeLessThan(45);
    expect(first!.basis).toMatch(/^30\.0 ms of their 30\.0 ms are above this machine’s roof .*40\.0 GFLOP\/s.*scaled .*1\.50×/);
    expect(first!.evidence.join(' ')).toMatch(/Natively it is 2\.00 ms, and here 30\.0 ms .*wasm-function\[2\] 100 %/);
    expectSound(analysis.steps!);
  });

  test('is told against native where this machine’s peaks are not known', () => {
    const without = analyze(builtRun().input({ manifest: buildManifest(), baseline, kernels: { ...kernels, peaks: null } }));
    const [first] = without.steps!;
    expect(first).toMatchObject({ id: 'operators.depthwise', where: [{ operators: 'depthwise', function: null }] });
    expect(first!.saves.ms).toBeCloseTo((28 * 60) / 40, 6);
    expect(first!.basis).toContain('what they take natively');
  });

  test('that saves next to nothing is no step', () => {
    const nodes = [{ ...depthwise, hostMs: [0.1, 0.1] }, pointwise];
    const fast = { ...kernels, browser: { ...kernels.browser, nodes } };
    const ids = idsOf(analyze(builtRun().input({ manifest: buildManifest(), baseline, kernels: fast })));
    expect(ids.filter((id) => id.startsWith('operators.'))).toEqual([]);
  });
});

describe('a slow function of a page', () => {
  const rank: Frame = { functionName: 'rank', url: 'https://page.example/worker.js?v=2', codeType: 'JS', lineNumber: 6 };

  /** Ten inferences that the page measures, in a worker: 60 ms of Wasm, then 30 of its own function. */
  function page(own = rank, isTraceAlone = false) {
    const run = new RunBuilder();
    const worker = run.thread();
    for (let i = 0; i < 11; i++) {
      const startMs = 1000 + 200 * i;
      worker
        .task(startMs, startMs + 90)
        .measure('detect', startMs, startMs + 90)
        .executes(wasm('simd128'), startMs, startMs + 60)
        .executes(own, startMs + 60, startMs + 90);
    }
    return analyze(run.input({ page: isTraceAlone ? null : buildPageManifest(), mark: 'detect' }));
  }

  test('is named with its file and line among the first three, with its time', () => {
    const analysis = page();
    const at = idsOf(analysis).indexOf('page.script');
    expect(at).toBeGreaterThanOrEqual(0);
    expect(at).toBeLessThan(3);
    const step = analysis.steps![at]!;
    expect(step).toMatchObject({
      who: 'you',
      saves: { kind: 'bound' },
      where: [{ function: 'rank', script: rank.url, line: 7 }],
    });
    expect(step.title).toContain('Make rank faster, worker.js:7: your code, ');
    expect(step.saves.ms).toBeGreaterThan(28);
    expect(step.saves.ms).toBeLessThan(33 * 1.25);
    expectSound(analysis.steps!);
  });

  test('is named in a trace that another tool recorded, too', () => {
    expect(page(rank, true).steps![0]).toMatchObject({ id: 'page.script', where: [{ function: 'rank', line: 7 }] });
  });

  test('that is the framework’s is none', () => {
    expect(idsOf(page({ ...rank, url: 'https://cdn.example/ort.wasm.min.mjs' }))).not.toContain('page.script');
  });
});

describe('a run', () => {
  const manifestOf = (framework: string, parts: Partial<Manifest> = {}) => {
    const built = buildManifest();
    return { ...built, workload: { ...built.workload, framework }, ...parts };
  };

  /** Two threads, one of which polls for a third of the time. */
  function polling(framework: string) {
    const run = new RunBuilder();
    const owner = run.thread();
    const pool = run.thread();
    for (let i = 0; i < 12; i++) {
      const startMs = 100 * i;
      owner
        .executes(wasm('simd128'), startMs, startMs + 40)
        .executes(wasm('spin'), startMs + 40, startMs + 60)
        .task(startMs, startMs + 60)
        .phase(`iteration:${i}`, startMs, startMs + 60);
      pool.executes(wasm('simd128'), startMs, startMs + 60).task(startMs, startMs + 60);
    }
    return analyze(run.input({ manifest: manifestOf(framework), baseline }));
  }

  test('of TensorFlow.js gets no advice of ONNX Runtime, and the other way round', () => {
    const [tfjs, ort] = [polling('tfjs'), polling('ort')];
    for (const analysis of [tfjs, ort]) expectSound(analysis.steps!);
    expect(textOf(tfjs)).toContain('setThreadsCount(');
    expect(textOf(tfjs)).not.toMatch(/\bort\b|onnxruntime|ONNX Runtime/);
    expect(textOf(ort)).toContain('ort.env.wasm.numThreads');
    expect(textOf(ort)).not.toMatch(/tfjs|tf\.|TensorFlow|setThreadsCount/);
  });

  test('whose threads poll is told to use fewer, and not more, and no option that does nothing in a page', () => {
    const analysis = polling('ort');
    expect(idsOf(analysis)).toContain('threads.fewer');
    const fewer = analysis.steps!.find(({ id }) => id === 'threads.fewer')!;
    expect(fewer.saves.ms).toBeCloseTo(20, 0);
    expect(fewer.action.command).toMatch(/--threads 1$/);
    expect(fewer.evidence.join(' ')).toMatch(/For 33\.\d % .*cannot switch polling off/);
    expect(textOf(polling('tfjs'))).not.toContain('allow_spinning');
  });

  test('with fewer threads than cores is told the command that measures more, and of a framework that nobody knows nothing', () => {
    const analysis = analyze(builtRun().input({ manifest: buildManifest(), baseline }));
    const more = analysis.steps!.find(({ id }) => id === 'threads.more')!;
    expect(more).toMatchObject({ who: 'you', saves: { kind: 'not measured', ms: null } });
    expect(more.action.command).toBe('trace collect --model model --threads 4');
    expect(idsOf(analyze(builtRun().input({ manifest: manifestOf('echo'), baseline })))).not.toContain('threads.more');
  });

  test('on the main thread is told first that it blocks the page', () => {
    const built = buildManifest();
    const manifest = { ...built, workload: { ...built.workload, on: 'main' as const } };
    const [first] = analyze(builtRun().input({ manifest, baseline })).steps!;
    expect(first).toMatchObject({ id: 'main-thread.worker', saves: { of: 'blocking', ms: 60, kind: 'bound' } });
    expect(first!.action.command).toBe('trace collect --model model --threads 2 --qoe');
  });

  test('whose first inference is slow is told what running one early saves, once', () => {
    const built = buildManifest();
    const slow = { ...built, timingPass: { ...built.timingPass, warmupMs: 700 } };
    const step = analyze(builtRun().input({ manifest: slow, baseline })).steps!.find(({ id }) => id === 'warm-up.early')!;
    expect(step.saves).toMatchObject({ of: 'warm-up', kind: 'bound', ms: 640 });
    expect(idsOf(analyze(builtRun().input({ manifest: built, baseline })))).not.toContain('warm-up.early');
  });

  test('never hears that relaxed SIMD would help, which was not measured', () => {
    const built = buildManifest();
    const fused = { ...built, machine: { ...built.machine, vectorFeatures: ['avx512f', 'fma'] } };
    expect(textOf(analyze(builtRun().input({ manifest: fused, baseline })))).not.toContain('elaxed');
  });
});

describe.each(await recordedNames())('the recorded bundle %s', (name) => {
  test('has steps that are sound, and says nothing that contradicts another thing', async () => {
    const analysis = analyze(await loadInput(await unpackRecorded(name)));
    expect(analysis.steps!.length).toBeGreaterThan(0);
    expectConsistent(analysis);
  });
});

test('a trace of something else has the steps that find inferences in it', () => {
  const run = new RunBuilder();
  run.thread('CrRendererMain').task(0, 50).executes(js, 0, 50);
  const analysis = analyze(run.input());
  expect(idsOf(analysis)).toEqual(['inferences.find', 'record.bundle']);
  expectSound(analysis.steps!);
});

import { describe, expect, test } from 'vitest';
import type { BesideRun } from '../../../analyzers/gap/beside.js';
import type { Effect } from '../../../analyzers/gap/effects.js';
import type { GpuCallRow } from '../../../analyzers/gpu/gpuUse.js';
import type { Analysis } from '../../../analyzers/index.js';
import type { CauseTime } from '../../../analyzers/partition/partition.js';
import type { Fallbacks } from '../../../analyzers/placement/fallbacks.js';
import { stepsOf } from '../../../analyzers/steps/steps.js';
import type { Interval } from '../../../src/stats/interval.js';
import { buildAnalysis } from '../../report/buildAnalysis.js';
import { buildGpuAnalysis, buildGpuUse, phase } from '../../report/buildGpuAnalysis.js';
import { buildPage } from '../../report/buildPage.js';
import { payloads } from '../../report/hostile.js';
import { expectSound } from './sound.js';

/** Of a measurement that is valid. */
const listOf = (analysis: Analysis) => stepsOf(analysis, null);
const idsOf = (analysis: Analysis): string[] => listOf(analysis).map(({ id }) => id);
const find = (analysis: Analysis, id: string) => listOf(analysis).find((step) => step.id === id);
const ofPage = (parts: Partial<Analysis> = {}): Analysis =>
  buildAnalysis({
    run: null,
    gap: null,
    outputs: null,
    kernelTotals: null,
    kernels: [],
    page: buildPage(),
    command: null,
    ...parts,
  });

describe('steps of a ladder', () => {
  const step = (id: string, ms: number, ci95Ms: Interval): Effect & BesideRun => {
    return {
      id,
      alias: id,
      title: id,
      ms,
      ci95Ms,
      ratio: 1,
      ratioCi95: [1, 1],
      outputDifference: null,
      outputsAgree: null,
      evidence: 'a pair',
      advice: '',
    };
  };
  const laddered = (effects: readonly Effect[], beside: readonly BesideRun[]): Analysis =>
    buildAnalysis({ kernelTotals: null, gap: { ...buildAnalysis().gap!, effects, beside } });

  test('are measured, and begin with what gains most of all that can be changed', () => {
    const analysis = laddered(
      [step('isa.simd', 30, [28, 32]), step('isa', 60, [50, 70])],
      [step('tier.baseline', 80, [70, 90]), step('threads.2', -20, [-24, -16])],
    );
    expect(idsOf(analysis).slice(0, 2)).toEqual(['build.simd', 'threads.2']);
    expect(find(analysis, 'threads.2')!.saves).toMatchObject({ kind: 'measured', ms: 20, ci95Ms: [16, 24] });
    expect(find(analysis, 'threads.2')!.action.command).toMatch(/--threads 2$/);
    expectSound(listOf(analysis));
  });

  test('are none where an interval holds zero and the gain is small, and then nothing is guessed of that either', () => {
    const analysis = laddered([step('isa.simd', 1, [-9, 11])], [step('threads.2', -2, [-27, 23])]);
    expect(idsOf(analysis).filter((id) => /^(build|threads)\./.test(id))).toEqual([]);
    expect(idsOf(laddered([], []))).toContain('threads.more');
  });

  test('are bounded by the end of an interval that holds zero, and ask for more replicates, where the gain would be large', () => {
    const analysis = laddered([], [step('threads.2', -17, [-35, 0.1])]);
    const { saves, basis } = find(analysis, 'threads.2')!;
    expect(saves).toMatchObject({ kind: 'bound', ms: 35, ci95Ms: null });
    expect(basis).toMatch(/That is 17\.0 ms, .*do not tell from nothing/);
    expectSound(listOf(analysis));
  });

  test('of what was changed to see are measured too, and name who can do it', () => {
    const analysis = laddered(
      [],
      [step('width', -20, [-24, -16]), step('build.asyncify', -12, [-14, -10]), step('library.tfjs', -30, [-34, -26])],
    );
    expect(idsOf(analysis).slice(0, 3)).toEqual(['library.tfjs', 'browser.width', 'build.asyncify']);
    expect(find(analysis, 'browser.width')).toMatchObject({ who: 'browser', saves: { kind: 'measured', ms: 20 } });
    expect(find(analysis, 'build.asyncify')!.action.command).toMatch(/--what-if build$/);
    expect(analysis.refuted).toEqual([]);
    expectSound(listOf(analysis));
  });

  test('are not given where the measurement refutes them, which is said apart', () => {
    const other = { ...step('library.tfjs', -30, [-34, -26]), outputsAgree: false };
    const analysis = laddered(
      [],
      [
        step('same', 3, [1, 5]),
        { ...step('fma', 8, [6, 10]), ratio: 1.1, ratioCi95: [1.05, 1.15] as const },
        step('width', -2, [-2.5, -1.5]),
        step('shapes', -1, [-4, 2]),
        other,
      ],
    );
    expect(idsOf(analysis).filter((id) => /^(build|browser|shapes|library)\./.test(id))).toEqual([]);
    expect(analysis.refuted!.map(({ id, why }) => [id, why])).toEqual([
      ['build.fma', 'it takes longer'],
      ['browser.width', 'it saves no more than the same page differs by from itself'],
      ['shapes.fixed', 'it saves nothing that can be told'],
      ['library.tfjs', 'its outputs are others'],
    ]);
    expect(analysis.refuted![0]).toMatchObject({ ratio: 1.1, ratioCi95: [1.05, 1.15] });
  });

  test('of rungs with names of their own are none', () => {
    const names = ['constructor', '__proto__', 'toString'];
    expect(
      idsOf(
        laddered(
          names.map((id) => step(id, 30, [20, 40])),
          names.map((id) => step(id, -30, [-40, -20])),
        ),
      ),
    ).not.toContain(undefined);
  });
});

test('of what is no valid measurement begin with the command that makes it again, where a quiet machine would do', () => {
  const validity = (id: string) => ({ verdict: 'void' as const, reasons: [{ id, level: 'void' as const, text: 'The reason.' }] });
  for (const [analysis, command] of [
    [buildAnalysis(), 'trace collect --model '],
    [ofPage(), 'trace collect http://127.0.0.1/app'],
  ] as const) {
    const [first] = stepsOf(analysis, validity('preempted'));
    expect(first).toMatchObject({ id: 'record.quietly', who: 'machine', basis: 'The reason.', saves: { kind: 'not measured' } });
    expect(first!.action.command).toContain(command);
    expectSound(stepsOf(analysis, validity('preempted')));
    expect(stepsOf(analysis, validity('outputs-differ')).map(({ id }) => id)).not.toContain('record.quietly');
  }
});

test('of a run that ended before anything was timed begin with recording it again', () => {
  const analysis = buildAnalysis({
    latency: null,
    partition: null,
    gap: null,
    source: { ...buildAnalysis().source, complete: false },
  });
  const [first] = listOf(analysis);
  expect(first).toMatchObject({ id: 'record.again', title: expect.stringContaining('did not finish') });
  expect(first!.action.command).toMatch(/^trace collect --model /);
  expect(idsOf(buildAnalysis())).not.toContain('record.again');
  expectSound(listOf(analysis));
});

describe('steps of a GPU run', () => {
  const ids = idsOf(buildGpuAnalysis());

  test('say that the processor computes, what costs most, and that shaders are compiled in the warm-up', () => {
    expect(ids).toEqual(expect.arrayContaining(['gpu.software', 'gpu.dispatches']));
    const analysis = buildGpuAnalysis();
    expect(find(analysis, 'gpu.software')).toMatchObject({ who: 'machine', saves: { kind: 'bound', ms: 34.8 } });
    expect(find(analysis, 'gpu.software')!.basis).toContain('chrome://gpu');
    const timed = analysis.latency!;
    const shorter = buildGpuAnalysis({ latency: { ...timed, prediction: { ...timed.prediction!, medianMs: 20.1 } } });
    expect(find(shorter, 'gpu.software')).toMatchObject({
      saves: { ms: 20.1 },
      basis: expect.stringContaining('takes 20.1 ms in all'),
    });
    expect(find(analysis, 'gpu.dispatches')!.saves.ms).toBeCloseTo(0.53 * 53.4, 1);
    const { latency } = analysis;
    const slow = buildGpuAnalysis({ latency: { ...latency!, warmupMs: 412 } });
    expect(find(slow, 'warm-up.early')!.evidence).toEqual(['Compiling shaders takes 240 ms of the traced warm-up, 60.0 %.']);
    expectSound(listOf(analysis));
  });

  const call = (script: string): GpuCallRow => {
    const site = { function: 'draw', script, line: 84, column: 109, stack: [] };
    return { ...buildGpuUse().calls[0]!, call: 'readPixels', site, perPrediction: { count: 12, ms: 19, bytes: 4 } };
  };
  const reading = (script: string) => {
    const { phases } = buildGpuUse();
    return buildGpuUse({
      calls: [call(script)],
      phases: { ...phases, predictions: { ...phases.predictions!, readbacks: 12, readbackMs: 19 } },
    });
  };

  test('ask the page to read by promise, at its own line, which frees the thread and shortens nothing', () => {
    const analysis = ofPage({ gpu: reading('https://shop.example/app.js') });
    expect(find(analysis, 'gpu.read-by-promise')).toMatchObject({
      who: 'you',
      saves: { of: 'blocking', ms: 19, kind: 'bound' },
      where: [{ function: 'draw', script: 'https://shop.example/app.js', line: 84 }],
    });
    expect(find(analysis, 'gpu.read-by-promise')!.basis).toContain('no shorter');
    expect(find(analysis, 'gpu.read-once')!.saves.ms).toBeCloseTo((19 * 11) / 12, 6);
  });

  test('take no script of the page for the framework’s that only sounds so', () => {
    expect(find(ofPage({ gpu: reading('https://shop.example/report.js') }), 'gpu.read-by-promise')).toMatchObject({ who: 'you' });
  });

  test('do not ask a user to change a line inside of the framework', () => {
    const inside = buildGpuAnalysis({ gpu: reading('https://shop.example/ort.webgl.min.mjs') });
    expect(idsOf(inside)).not.toContain('gpu.read-by-promise');
    expect(find(inside, 'gpu.read-once')).toMatchObject({ who: 'framework' });
    expect(JSON.stringify(listOf(inside))).not.toContain('tensor.data()');
  });

  test('name programs made in predictions, and large uploads', () => {
    const { programs, phases } = buildGpuUse();
    const predictions = { ...phases.predictions!, programs: 2, programMs: 3, uploads: 2, uploadBytes: 8_000_000, uploadMs: 1 };
    const gpu = buildGpuUse({ programs: { ...programs, inPredictions: 34 }, phases: { ...phases, predictions } });
    expect(find(buildGpuAnalysis({ gpu }), 'gpu.programs')!.saves).toMatchObject({ kind: 'bound', ms: 3 });
    expect(find(buildGpuAnalysis({ gpu }), 'gpu.uploads')!.title).toContain('2 uploads of 8.00 MB');
  });
});

describe('steps of a run', () => {
  const backend = (parts: Partial<NonNullable<Analysis['run']>>) => ({ run: { ...buildAnalysis().run!, ...parts } });

  test('try the GPU where the browser has one, and nowhere else', () => {
    const { browser, gap } = buildAnalysis();
    const bare = { kernelTotals: null, gap: { ...gap!, effects: [], beside: [] } };
    const step = find(buildAnalysis({ ...bare, browser: { ...browser!, webgpu: 'hardware' } }), 'backend.webgpu')!;
    expect(step).toMatchObject({ saves: { kind: 'not measured' } });
    expect(step.action.command).toMatch(/--backend webgpu$/);
    expect(idsOf(buildAnalysis(bare))).not.toContain('backend.webgpu');
  });

  describe('say which operators the GPU backend has no kernel for', () => {
    const resize = { operator: 'Resize', provider: 'CPU', why: 'lacks', ownMs: 2, copies: 2, copiesMs: 6, bytes: 8192 } as const;
    const cost = {
      ...{ ms: 8, ownMs: 2, copiesMs: 6, waitMs: 1, bytes: 8192, others: { count: 0, ms: 0, bytes: 0 } },
      ...{ predictionMs: 20, savesMs: 8, source: 'by a profile' },
    };
    const fallbacks: Fallbacks = {
      ...{ backend: 'WebGPU', onBackend: 100, elsewhere: 1, lacking: 1, nodesLeftOut: 0, costLack: null },
      types: [{ ...resize, count: 1, isOnBackend: false }],
      nodes: [{ ...resize, name: '/head/Resize' }],
      copies: { toHost: 1, fromHost: 1 },
      cost,
    };

    test('and what they cost at most, with the copies', () => {
      const step = find(buildGpuAnalysis({ fallbacks }), 'gpu.fallback')!;
      expect(step.title).toContain('the operator that WebGPU has no kernel for');
      expect(step.saves).toMatchObject({ kind: 'bound', of: 'prediction', ms: 8 });
      expect(step.evidence).toEqual([
        'Of 101 operators: /head/Resize (Resize) on CPU.',
        'At most 1.00 ms of the copies wait for what the device has to compute anyway.',
      ]);
    });

    test('and that the cost is not measured where it is not', () => {
      const lacking = { ...fallbacks, cost: null, costLack: 'not measured: no profile' };
      const step = find(buildGpuAnalysis({ fallbacks: lacking }), 'gpu.fallback')!;
      expect(step.saves).toMatchObject({ kind: 'not measured', ms: null });
      expect(step.basis).toContain('not measured: no profile');
    });

    test('and not those that the framework moved on purpose, nor any where all are on the backend', () => {
      for (const lacking of [
        { ...fallbacks, lacking: 0 },
        { ...fallbacks, lacking: 0, elsewhere: 0, nodes: [], types: [] },
        null,
      ]) {
        expect(idsOf(buildGpuAnalysis({ fallbacks: lacking }))).not.toContain('gpu.fallback');
      }
    });

    test('once: read-backs amid the inference that are copies for them are no step of their own', () => {
      const phases = { ...buildGpuUse().phases, predictions: phase({ readbacks: 4, readbackMs: 8 }) };
      const readBacksAmid = { count: 1, ms: 6, bytes: 4096, sites: [] };
      const seenBy = (copies: Fallbacks['copies']) =>
        idsOf(buildGpuAnalysis({ gpu: buildGpuUse({ phases }), fallbacks: { ...fallbacks, copies }, readBacksAmid }));
      expect(seenBy({ toHost: 0, fromHost: 0 })).toContain('gpu.read-once');
      expect(seenBy({ toHost: 1, fromHost: 1 })).not.toContain('gpu.read-once');
    });
  });

  test('say that a GPU got no work, before what it would gain', () => {
    const phases = { ...buildGpuUse().phases, predictions: phase({}) };
    expect(idsOf(buildGpuAnalysis({ gpu: buildGpuUse({ phases, calls: [] }) }))[0]).toBe('gpu.idle');
  });

  test('use SIMD where modules without it were asked for: all of the scalar time at most', () => {
    const { gap, partition } = buildAnalysis();
    const scalar = partition!.causes.map((cause) => (cause.id === 'isa.scalar' ? { ...cause, ms: 40, share: 0.8 } : cause));
    const parts = { ...backend({ framework: 'tfjs', simd: false }), gap: { ...gap!, effects: [], beside: [] } };
    const step = find(buildAnalysis({ ...parts, partition: { ...partition!, causes: scalar } }), 'build.simd')!;
    expect(step.saves).toMatchObject({ kind: 'bound', ms: 40 });
    expect(step.action.command).not.toContain('--simd off');
  });

  test('let the browser keep code that setup and warm-up waited for, unless it came from its cache', () => {
    const { compile } = buildAnalysis();
    const setup = { ...compile!.phases.setup!, windowMs: 900, criticalMs: 500 };
    const waited = { ...compile!, phases: { ...compile!.phases, setup } };
    expect(find(buildAnalysis({ compile: waited }), 'code.cache')!.saves).toMatchObject({ of: 'setup', kind: 'bound', ms: 540 });
    const cached = { ...waited, rows: [{ ...waited.rows[0]!, tier: 'cache' }] };
    expect(idsOf(buildAnalysis({ compile: cached }))).not.toContain('code.cache');
    expect(idsOf(buildAnalysis())).not.toContain('code.cache');
  });
});

describe('steps of a page', () => {
  const nothing = { partition: null, latency: null, inferences: null };
  const message = (kind: string, text: string, line: number | null) => ({
    kind,
    text,
    url: 'https://shop.example/worker.js',
    line,
    count: 1,
  });
  const failing = (...messages: ReturnType<typeof message>[]) =>
    ({ threads: null, headersMissing: [], crossOriginIsolated: true, messages }) as unknown as Analysis['pageState'];

  test('that fails begin with its first exception, at its line, and not with recording it for longer', () => {
    const pageState = failing(message('request', '404', null), message('exception', 'TypeError: x is undefined', 7));
    const steps = listOf(ofPage({ ...nothing, pageState }));
    expect(steps[0]).toMatchObject({
      id: 'page.error',
      who: 'you',
      where: [{ script: 'https://shop.example/worker.js', line: 7 }],
    });
    expect(steps[0]!.title).toContain('worker.js:7), and record it again: TypeError: x is undefined');
    expect(steps.map(({ id }) => id)).not.toContain('inferences.find');
    expectSound(steps);
    expect(idsOf(ofPage({ pageState }))).not.toContain('page.error');
  });

  test('whose inferences are scripts alone name the function that computes', () => {
    const { glue } = buildAnalysis();
    const functions = [
      {
        ...glue!.functions[0]!,
        builtin: null,
        function: 'infer',
        script: 'https://shop.example/app.js',
        line: 6,
        ms: 40,
        cause: 'runtime.glue' as const,
      },
    ];
    const own = { glue: { ...glue!, scripts: [{ script: 'https://shop.example/app.js', ms: 40, share: 0.8 }], functions } };
    expect(find(ofPage({ ...own, wasm: null }), 'page.script')!.title).toContain('Make infer faster, app.js:6');
    expect(idsOf(ofPage(own))).not.toContain('page.script');
  });

  test('move inferences to a worker also where only some of them block it', () => {
    const use = {
      infers: true,
      longTasks: 3,
      longestMs: 300,
      inferences: 10,
      blockedInferences: 3,
      blockedMedianMs: 0,
      blockedShare: 0.4,
    };
    const step = find(ofPage({ mainThread: { thread: 'CrRendererMain', ...use } }), 'main-thread.worker')!;
    expect(step.saves).toMatchObject({ of: 'blocking', ms: 300, kind: 'bound' });
    expect(step.title).toContain('in 3 of 10 inferences');
    expect(idsOf(ofPage({ mainThread: { thread: 'CrRendererMain', ...use, blockedInferences: 0 } }))).not.toContain(
      'main-thread.worker',
    );
  });

  test('try threads in an isolated page that computes on one, and WebGPU where the browser has a GPU', () => {
    const { browser } = buildAnalysis();
    const isolated = ofPage({ pageState: failing(), workers: null, browser: { ...browser!, webgpu: 'hardware' } });
    expect(find(isolated, 'threads.more')!.action).toMatchObject({ command: null, code: expect.stringContaining('numThreads') });
    expect(find(isolated, 'backend.webgpu')!.action.code).toContain("executionProviders: ['webgpu']");
    expectSound(listOf(isolated));
  });

  test('keep a session that is created for each run, first', () => {
    const setUps = { count: 9, runs: 9, medianMs: 120, share: 0.4, exports: ['OrtCreateSession'], by: 'script' } as const;
    const [first] = listOf(ofPage({ setUps }));
    expect(first).toMatchObject({ id: 'session.keep', saves: { of: 'setup', kind: 'measured', ms: 120 } });
    expect(idsOf(ofPage({ setUps: { ...setUps, count: 1 } }))).not.toContain('session.keep');
  });

  test('ask to name inferences that are a guess, last, with the command that does', () => {
    const inferences = (confidence: number) => ({ count: 9, confidence, confidenceWhy: '' }) as Analysis['inferences'];
    const last = listOf(ofPage({ inferences: inferences(0.4) })).at(-1)!;
    expect(last.id).toBe('inferences.find');
    expect(last.action).toMatchObject({ command: 'trace collect http://127.0.0.1/app --mark inference' });
    expect(idsOf(ofPage({ inferences: inferences(0.8) }))).not.toContain('inferences.find');
    const attached = ofPage({ inferences: inferences(0.4), page: buildPage({ opened: 'attached', fromStart: false }) });
    expect(find(attached, 'inferences.find')!.action.command).toBe('trace collect --attach --tab http://127.0.0.1/app --reload');
  });

  test('name the headers that threads need also where its framework did not ask for any, and not to a page that has them', () => {
    const state = (headersMissing: readonly string[]) =>
      ({
        threads: null,
        headersMissing,
        crossOriginIsolated: headersMissing.length === 0,
        messages: [],
      }) as unknown as Analysis['pageState'];
    const missing = ['Cross-Origin-Embedder-Policy: require-corp'];
    const step = find(ofPage({ pageState: state(missing) }), 'threads.isolation')!;
    expect(step).toMatchObject({ who: 'you', saves: { kind: 'not measured' }, action: { code: missing[0] } });
    expect(idsOf(ofPage({ pageState: state([]) }))).not.toContain('threads.isolation');
    expect(idsOf(ofPage({ pageState: state(missing), partition: null }))).not.toContain('threads.isolation');
  });

  const cause = (id: string, share: number): CauseTime => ({ ...buildAnalysis().partition!.causes[0]!, id, share, ms: 9 });
  const withCause = (id: string, share: number) =>
    ofPage({ partition: { ...buildAnalysis().partition!, causes: [cause(id, share)] } });

  test('have what the entry of a cause advises, with the time of the cause', () => {
    expect(find(withCause('contention.lock', 0.15), 'cause.contention.lock')!.saves).toMatchObject({ kind: 'bound', ms: 9 });
    expect(idsOf(withCause('contention.lock', 0.05))).not.toContain('cause.contention.lock');
    expect(find(withCause('wait.network', 0.3), 'cause.wait.network')!.title).toMatch(/^Fetch what the inference needs/);
  });

  test('free memory as the framework that ran does', () => {
    const growth = { bytesPerInference: 1e6, ci95Bytes: [0.9e6, 1.1e6] as const };
    const leak = { of: 'wasm', thread: 'main', count: 20, firstBytes: 1e6, lastBytes: 21e6, growth } as const;
    const glue = (script: string) => ({ ...buildAnalysis().glue!, scripts: [{ script, ms: 1, share: 0.1 }] });
    const codeOf = (script: string) => {
      const [first] = listOf(ofPage({ inferenceMemory: [leak], glue: glue(script), wasm: null }));
      expect(first).toMatchObject({ id: 'memory.wasm', saves: { of: 'memory', bytes: 1e6, kind: 'measured' } });
      return first!.action.code;
    };
    expect(codeOf('https://cdn.example/tf.min.js')).toContain('tf.tidy');
    expect(codeOf('https://cdn.example/ort.min.js')).toContain('release()');
    expect(codeOf('https://cdn.example/app.js')).toBeNull();
  });

  test('count the garbage that a function makes to what it costs', () => {
    const { glue, partition } = buildAnalysis();
    const own = { function: 'toTensor', script: 'https://shop.example/app.js', line: 12 };
    const functions = [{ ...glue!.functions[0]!, ...own, cause: 'page.script' as const, ms: 5 }];
    const step = find(ofPage({ glue: { ...glue!, functions } }), 'page.script')!;
    const asked = 'trace collect https://app.example/ --mark infer --duration 30s';
    const again = find(ofPage({ glue: { ...glue!, functions }, command: asked }), 'page.script')!;
    expect(again.action.command).toBe(asked);
    expect(step.title).toContain('Make toTensor faster, app.js:12');
    // 400 samples may miss a tenth.
    expect(step.saves.ms).toBeCloseTo(5 * (1 + 1.96 / 20) + 2.3 / partition!.windows, 6);
    expect(step.evidence.join(' ')).toContain('garbage collection for what it allocates');
  });

  test('are sound whatever its functions are called', () => {
    const { glue } = buildAnalysis();
    for (const name of payloads) {
      const functions = [{ ...glue!.functions[0]!, cause: 'page.script' as const, function: name, script: name, ms: 20 }];
      const steps = listOf(ofPage({ glue: { ...glue!, functions } }));
      expect(steps[0]!.id).toBe('page.script');
    }
  });
});

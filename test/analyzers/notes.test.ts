import { describe, expect, test } from 'vitest';
import { analyze } from '../../analyzers/index.js';
import type { AnalyzerInput } from '../../analyzers/input.js';
import type { Note } from '../../analyzers/question.js';
import { notAsked } from '../../collectors/passes.js';
import type { Manifest } from '../../src/bundle/manifest.js';
import { TraceReader } from '../../src/trace/reader.js';
import { buildLadder } from './buildLadder.js';
import { baseline, buildManifest } from './buildManifest.js';
import { program, RunBuilder, wasm } from './buildRun.js';

function notesOf(parts: Partial<AnalyzerInput> = {}, run = sound()): readonly Note[] {
  return analyze(run.input({ manifest: buildManifest(), baseline, ...parts })).notes;
}

const ofManifest = (overrides: Partial<Manifest>) => notesOf({ manifest: buildManifest(overrides) });
const ids = (notes: readonly Note[]) => notes.map(({ id }) => id);

function sound(): RunBuilder {
  const run = new RunBuilder();
  run.thread().executes(wasm('simd128'), 0, 60).phase('iteration:0', 0, 60);
  return shown(run);
}

/** The run with frames that the compositor showed. */
function shown(run: RunBuilder): RunBuilder {
  const compositor = run.thread('Compositor');
  for (const endMs of [20, 40, 60]) compositor.frame({ state: 'STATE_PRESENTED_ALL' }, endMs - 10, endMs);
  return run;
}

/** What every analysis of a built run lacks. A question that is unknown of a sound run has its reason here. */
const always = ['no-kernels', 'no-memory'];

describe('notes', () => {
  test('say where some of the native run was not on the GPU, and not that a GPU backend took fewer threads', () => {
    expect(ids(notesOf({ baseline: { ...baseline, provider: 'webgpu', cpuOperators: true } }))).toContain('native-cpu-operators');
    const { workload, framework } = buildManifest();
    const idsOf = (backend: string) =>
      ids(ofManifest({ workload: { ...workload, backend }, framework: { ...framework!, threads: 1 } }));
    expect(idsOf('wasm')).toContain('fewer-threads');
    expect(idsOf('webgpu')).not.toContain('fewer-threads');
  });

  test('of a sound run name only what is not measured yet', () => {
    expect(ids(notesOf())).toEqual(always);
  });

  test.each<readonly [string, Partial<Manifest>, string, RegExp]>([
    ['a killed collector', { status: 'recording' }, 'incomplete', /was killed, or is still running/],
    ['an incomplete run', { status: 'incomplete', reason: 'the tab crashed' }, 'incomplete', /the tab crashed/],
    ['outputs that differ', { outputs: { match: false, tolerance: 0.1, outputs: [] } }, 'outputs-differ', /different outputs/],
    [
      'lost events',
      { trace: { categories: [], compressedBytes: 1, dataLoss: true, samplingIntervalUs: null, dropped: null } },
      'data-loss',
      /overflowed/,
    ],
    [
      'polling that was left out',
      {
        trace: {
          categories: [],
          compressedBytes: 1,
          dataLoss: false,
          samplingIntervalUs: null,
          dropped: { events: 7, names: ['Queue::Tick'] },
        },
      },
      'polling-dropped',
      /^7 events/,
    ],
    [
      'costly recording',
      { tracePass: { setupMs: 1, warmupMs: 1, settlingMs: [], iterationsMs: [90] } },
      'observer-effect',
      /50 % longer/,
    ],
    [
      'fewer threads',
      { framework: { version: '1', threads: 1, crossOriginIsolated: false, hardwareConcurrency: 4, note: null } },
      'fewer-threads',
      /1 of the 2 threads.*not cross-origin isolated/,
    ],
    ['more threads than cores', { machine: { ...buildManifest().machine, cores: 1 } }, 'oversubscribed', /2 threads on 1 core:/],
    ['a busy machine', { machine: { ...buildManifest().machine, busyCores: 1.5 } }, 'busy-machine', /had 1\.5 of/],
    [
      'software rendering',
      { browser: { ...buildManifest().browser!, softwareRendering: true, gpu: 'SwiftShader' } },
      'software-rendering',
      /SwiftShader/,
    ],
    [
      'a source that failed',
      { collectors: { sched: { outcome: 'failed', detail: 'no rights' } } },
      'collector-sched',
      /no rights/,
    ],
  ])('tell of %s', (_, overrides, id, text) => {
    const notes = ofManifest(overrides);
    const timers = overrides.framework?.crossOriginIsolated === false ? ['coarse-timers'] : [];
    expect(ids(notes).sort()).toEqual([...always, id, ...timers].sort());
    expect(notes.find((note) => note.id === id)!.text).toMatch(text);
  });

  test('tell of threads that the ladder gave the page and it did not take, but not of modules that have none', () => {
    const used = buildLadder().rungs.at(-1)!;
    const side = { ...used, side: true, threadsTaken: 1 };
    const rungs = [...buildLadder().rungs, { ...side, id: 'simd.off', simd: false }, { ...side, id: 'threads.4', threads: 4 }];
    const capped = buildLadder({ rungs, latenciesMs: rungs.map(() => 1) });
    const note = ofManifest({ ladder: capped }).find(({ id }) => id === 'ladder-threads-capped');
    expect(note!.text).toContain('(1 of 4)');
    expect(ids(ofManifest({ ladder: buildLadder() }))).toEqual(always);
  });

  test('tell that the budget had no time for the runs beside the ladder', () => {
    const ladder = buildLadder();
    const rungs = [...ladder.rungs, { ...ladder.rungs.at(-1)!, id: 'threads.4', side: true, threads: 4, threadsTaken: null }];
    const note = ofManifest({ ladder: { ...ladder, rungs } }).find(({ id }) => id === 'ladder-nothing-beside');
    expect(note!.text).toContain('any run beside it: threads.4.');
    expect(ids(ofManifest({ ladder: buildLadder({ rungs, latenciesMs: rungs.map(() => 1) }) }))).toEqual(always);
  });

  test('tell what a trace without its bundle lacks', () => {
    expect(ids(notesOf({ manifest: null, baseline: null }))).toEqual(['no-bundle', ...always]);
  });

  test('tell that there is no trace, or no baseline', () => {
    expect(ids(notesOf({ trace: null }))).toEqual(['no-trace', 'no-kernels', 'no-memory']);
    expect(ids(notesOf({ baseline: null }))).toEqual(['no-baseline', ...always]);
  });

  test('tell where page and native run have ONNX Runtime of two versions, and not where a patch is between them', () => {
    const of = (runtime: string) => notesOf({ baseline: { ...baseline, runtime } });
    expect(of('onnxruntime-node 1.20.1, CPU')).toContainEqual({
      id: 'native-version',
      level: 'info',
      text: expect.stringMatching(/ONNX Runtime 1\.30\.0 and the native run 1\.20\.1.*onnxruntime-node 1\.30\.0/),
    });
    expect(ids(of('onnxruntime-node 1.30.7, CPU'))).toEqual(always);
    expect(ids(notesOf({ baseline: { ...baseline, runtime: 'tfjs-node 4.22.0, CPU', library: 'tensorflow' } }))).toEqual(always);
  });

  test('tell that predictions were timed in fewer processes than intervals need', () => {
    const { timingPass } = buildManifest();
    const setup = { setupMs: 1, warmupMs: 1, settlingMs: [], nativeSetupMs: null, nativeWarmupMs: null };
    const timedIn = (processes: number, more: Partial<Manifest> = {}) =>
      ofManifest({ timingPass: { ...timingPass, setups: Array.from({ length: processes }, () => setup) }, ...more });
    expect(timedIn(2)[0]).toMatchObject({ id: 'few-processes', level: 'warning', text: expect.stringContaining('2 of the 3') });
    for (const notes of [timedIn(0), timedIn(3), timedIn(1, { ladder: buildLadder() })]) expect(ids(notes)).toEqual(always);
  });

  test('tell of a pass that was not asked for that it was not, and not that it is missing', () => {
    const notes = ofManifest({ collectors: notAsked('wasm', ['timing', 'trace', 'operators']) });
    expect(notes).toContainEqual({
      id: 'collector-memory',
      level: 'lack',
      text: 'No memory over the run: the memory pass was not asked for.',
    });
    expect(ids(notes)).not.toContain('no-memory');
  });

  test('tell that no window was found, and what to do', () => {
    const run = new RunBuilder();
    run.thread().executes(program, 0, 10);
    const find = (mark: string | null) => notesOf({ manifest: null, mark }, run).find(({ id }) => id === 'no-windows')!.text;
    expect(find(null)).toMatch(/--mark/);
    expect(find('infer*')).toMatch(/No measure is named infer\*/);
  });

  test('tell of missing samples, thread times and modules', () => {
    const run = new RunBuilder({ hasThreadTimes: false });
    const worker = run.thread().phase('iteration:0', 0, 60);
    expect(ids(notesOf({}, run))).toEqual(expect.arrayContaining(['no-samples', 'no-thread-times', 'unattributed']));
    worker.executes(wasm('simd128'), 0, 60);
    expect(ids(notesOf({ modules: [] }, run))).toContain('no-frames');
    expect(ids(notesOf({ modules: [] }, shown(run)))).toEqual(['no-thread-times', 'no-modules', ...always]);
  });

  test('tell how many of the modules that ran the bundle has not', () => {
    const ran = (count: number) => {
      const listed = Array.from({ length: count }, (_, i) => ({ sha256: `${i}`.repeat(64), url: 'm.wasm', bytes: 8 }));
      return notesOf({ manifest: buildManifest({ modules: listed }), modules: [] }).find(({ id }) => id === 'missing-modules');
    };
    expect(ran(0)).toBeUndefined();
    expect(ran(1)!.text).toMatch(/^The Wasm module that ran is not in the bundle/);
    expect(ran(2)!.text).toMatch(/^2 of the 2 Wasm modules that ran are not in the bundle/);
  });

  test('tell that the thread that infers was not sampled, though others were, and why', () => {
    const run = new RunBuilder();
    run.thread().phase('iteration:0', 0, 60);
    run.thread('worker').executes(wasm('simd128'), 0, 60);
    const samples = { outcome: 'done', detail: '300 samples of 1 threads; lost those of 1: it did not answer' } as const;
    const { collectors } = buildManifest();
    const notes = notesOf({ manifest: buildManifest({ collectors: { ...collectors, samples } }) }, run);
    expect(notes.find(({ id }) => id === 'owner-not-sampled')!.text).toContain('lost those of 1: it did not answer');
    expect(ids(notes)).not.toContain('no-samples');
  });

  test('tell of a module that cannot be read, and a trace that is cut', () => {
    const broken = { url: 'm.wasm', sha256: 'a'.repeat(64), bytes: new Uint8Array(4) };
    expect(notesOf({ modules: [broken] })[0]).toMatchObject({ id: 'broken-module', text: expect.stringContaining('m.wasm') });
    const reader = new TraceReader();
    reader.push(new TextEncoder().encode('{"traceEvents":[{"ph":"X","name":"a","pid":1,"tid":1,"ts":1,"dur":1},{"ph":'));
    expect(notesOf({ trace: reader.finish() })[0]).toMatchObject({ id: 'trace-cut', level: 'warning' });
  });

  test('come with warnings first', () => {
    const levels = ofManifest({ status: 'recording', collectors: { a: { outcome: 'unavailable', detail: 'b' } } }).map(
      ({ level }) => level,
    );
    expect(levels).toEqual(['warning', 'lack', ...always.map(() => 'lack')]);
  });
});

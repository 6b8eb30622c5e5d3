import { describe, expect, test } from 'vitest';
import { withPolling } from '../../../analyzers/activity/polling.js';
import { findWasmFunctions, type WasmFunctions } from '../../../analyzers/activity/wasmFunctions.js';
import { type Analysis, analyze } from '../../../analyzers/index.js';
import type { Scheduling } from '../../../src/bundle/scheduling.js';
import { loadInput } from '../../../src/loadInput.js';
import { indexModule } from '../../../src/wasm/indexModule.js';
import { unpackRecorded } from '../../bundle/unpackRecorded.js';
import { moduleOf, op } from '../../wasm/builder.js';
import { type Frame, idle, js, moduleUrl, program, RunBuilder, scriptUrl, type ThreadBuilder } from '../buildRun.js';

/** What a runtime's threads may do, in order: a function calls one of those before it. */
const bodies = {
  kernel: op.loop(op.vectorLoad(), op.vectorFloat()),
  loads: op.atomicLoad(),
  /** Copies what it computed on integers, which says nothing of polling. */
  counts: op.loop(op.load(), op.count(), op.count(), op.count(), op.count(), op.store()),
  sleeps: op.wait(),
  /** Looks for work for a while, and may sleep: by its moves, no function that waits. */
  looksAndSleeps: [...Array(20).fill(op.move()).flat(), ...op.wait()],
  exchanges: op.loop(op.atomicExchange()),
  asks: op.loop(op.call(1)),
  asksScript: op.loop(op.call(1), op.count()),
  entry: [...op.call(0), ...op.call(2)],
};
type Body = keyof typeof bodies;
const bytes = moduleOf({ functions: Object.values(bodies) });
const { bodyStart } = indexModule(bytes);
const modules = [{ url: moduleUrl, sha256: 'b'.repeat(64), bytes }];

function calls(kind: Body, caller: Frame): Frame {
  const index = Object.keys(bodies).indexOf(kind);
  const place = { url: moduleUrl, columnNumber: bodyStart[index]!, codeType: 'wasm' };
  return { functionName: `wasm-function[${index}]`, ...place, caller };
}

const entry = calls('entry', js);
/** What a worker of the pool executes: it never comes back from Wasm. */
const inPool = (kind: Body): Frame => calls(kind, entry);

interface Planned {
  readonly workers: number;
  /** What the workers do while nobody has work for them. */
  readonly meanwhile: readonly Frame[];
  /** What the workers do in an inference; the kernel, and at its end what they do meanwhile, if not given. */
  readonly atWork?: readonly Frame[];
  /** What the workers do while the page loads. */
  readonly atStart?: Frame;
  /** What the owner executes at the end of an inference. */
  readonly ownerEnds?: Frame;
}

const RUNS = 12;
/** Until then the page loads. */
const START_MS = 90;
const EVERY_MS = 60;
const WORK_MS = 40;
const END_MS = START_MS + RUNS * EVERY_MS;

/** Inferences of 40 ms in 60, by an owner that sleeps between them and a pool. */
function pool({ workers, meanwhile, atWork, atStart = idle, ownerEnds = calls('kernel', js) }: Planned): RunBuilder {
  const run = new RunBuilder();
  const owner = run.thread().executes(idle, 0, START_MS);
  const threads = Array.from({ length: workers }, () => run.thread());
  const cut = (thread: ThreadBuilder, frames: readonly Frame[], startMs: number, endMs: number): void =>
    frames.forEach((frame, i) => {
      const part = (endMs - startMs) / frames.length;
      thread.executes(frame, startMs + i * part, startMs + (i + 1) * part);
    });
  for (const thread of threads) thread.executes(atStart, 0, START_MS);
  for (let i = 0; i < RUNS; i++) {
    const startMs = START_MS + i * EVERY_MS;
    const endMs = startMs + WORK_MS;
    owner
      .phase(`iteration:${i}`, startMs, endMs)
      .executes(calls('kernel', js), startMs, endMs - 4)
      .executes(ownerEnds, endMs - 4, endMs)
      .executes(idle, endMs, startMs + EVERY_MS);
    for (const thread of threads) {
      cut(thread, atWork ?? [...Array(9).fill(inPool('kernel')), meanwhile[0]!], startMs, endMs);
      cut(thread, meanwhile, endMs, startMs + EVERY_MS);
    }
  }
  return run;
}

/** All threads are on a core for a share of their time from some moment on, by readings every 5 ms. */
function scheduled(
  run: RunBuilder,
  { ranShare, fromMs = 0 }: { readonly ranShare: number; readonly fromMs?: number },
): Scheduling {
  const atUs = Array.from({ length: END_MS / 5 + 1 }, (_, i) => i * 5000);
  return {
    schema: 'inferscope.sched/1',
    source: 'test',
    threads: run.threads.map(({ pid, tid }) => ({ pid, tid, traceTid: tid, name: '' })),
    samples: {
      thread: run.threads.flatMap((_, i) => atUs.map(() => i)),
      atUs: run.threads.flatMap(() => atUs),
      ranUs: run.threads.flatMap(() => atUs.map((us) => Math.max(0, us - 1000 * fromMs) * ranShare)),
      waitedUs: run.threads.flatMap(() => atUs.map(() => 0)),
    },
  };
}

/** How long each worker spun in an inference, ms. */
const spinning = ({ workers }: Analysis): number[] =>
  workers!.threads.filter(({ owner }) => !owner).map(({ spinningMs }) => spinningMs);
const SPINS_MS = WORK_MS / 10;

function expectSpinning(analysis: Analysis, eachMs: number): void {
  expect(spinning(analysis)).not.toEqual([]);
  for (const ms of spinning(analysis)) expect(ms).toBeCloseTo(eachMs, 0);
}

const never = (run: RunBuilder, parts = {}): void => {
  const analysis = analyze(run.input({ modules, ...parts }));
  expectSpinning(analysis, 0);
  expect(analysis.wasm!.functions.map(({ cause }) => cause)).not.toContain('contention.spin');
};

const script: Frame = { functionName: 'load', url: scriptUrl, codeType: 'JS', caller: inPool('asksScript') };
const workers = 2;

describe('a function polls whatever its code looks like, if all workers are in it between inferences, and in others in them', () => {
  test.each([
    ['by exchange', [inPool('exchanges')]],
    ['through a call', [inPool('asks'), calls('loads', inPool('asks'))]],
    ['by integers that are no atomics', [inPool('counts')]],
    ['and sleep after a while', [inPool('exchanges'), ...Array(4).fill(inPool('sleeps'))]],
    ['but for moments at the edges', [...Array(39).fill(inPool('exchanges')), inPool('kernel')]],
  ])('%s', (_, meanwhile) => {
    const analysis = analyze(pool({ workers, meanwhile }).input({ modules }));
    expectSpinning(analysis, SPINS_MS);
    const rows = analysis.wasm!.functions.filter(({ cause }) => cause === 'contention.spin');
    expect(rows).not.toEqual([]);
    for (const { evidence } of rows) expect(evidence).toMatch(/^polls: /);
  });

  test('and computed once before the first of them', () => {
    const run = pool({ workers, meanwhile: [inPool('exchanges')], atStart: inPool('kernel') });
    expectSpinning(analyze(run.input({ modules })), SPINS_MS);
  });

  test('through a script, where the scheduler says that the threads do not sleep in it', () => {
    const run = pool({ workers, meanwhile: [script] });
    expectSpinning(analyze(run.input({ modules, scheduling: scheduled(run, { ranShare: 1 }) })), SPINS_MS);
    never(run, { scheduling: scheduled(run, { ranShare: 0.3 }) });
    never(run);
  });

  test('and may sleep in it, where the scheduler says that the threads do not', () => {
    const run = pool({ workers, meanwhile: [inPool('looksAndSleeps')] });
    expectSpinning(analyze(run.input({ modules, scheduling: scheduled(run, { ranShare: 1 }) })), SPINS_MS);
    never(run);
  });

  test('without its bytes, where the scheduler says that the threads do not sleep in it', () => {
    const run = pool({ workers, meanwhile: [inPool('exchanges')] });
    const analysis = analyze(run.input({ modules: [], scheduling: scheduled(run, { ranShare: 1 }) }));
    expectSpinning(analysis, SPINS_MS);
    const causes = analysis.wasm!.functions.map(({ cause }) => cause);
    expect(new Set(causes)).toEqual(new Set(['contention.spin', null]));
    never(run, { modules: [], scheduling: scheduled(run, { ranShare: 0.3 }) });
    never(run, { modules: [] });
  });

  test('and without those of what the workers slept in before', () => {
    const run = pool({ workers, meanwhile: [inPool('exchanges')], atStart: inPool('sleeps') });
    const scheduling = scheduled(run, { ranShare: 1, fromMs: START_MS });
    expectSpinning(analyze(run.input({ modules: [], scheduling })), SPINS_MS);
  });

  test('also where the owner waits in it, which is what its time counts for', () => {
    const run = pool({ workers, meanwhile: [inPool('exchanges')], ownerEnds: calls('exchanges', js) });
    const { partition } = analyze(run.input({ modules }));
    const [spin] = partition!.causes.filter(({ id }) => id === 'contention.spin');
    expect(spin!.ms).toBeCloseTo(SPINS_MS, 0);
    expect(spin!.evidence).toContain('polls: ');
  });
});

describe('a single worker polls', () => {
  const meanwhile = [inPool('counts')];

  test('if its code is known', () => {
    expectSpinning(analyze(pool({ workers: 1, meanwhile }).input({ modules })), SPINS_MS);
  });

  test('without it only in what the owner executes, too', () => {
    const alone = pool({ workers: 1, meanwhile });
    never(alone, { modules: [], scheduling: scheduled(alone, { ranShare: 1 }) });
    const both = pool({ workers: 1, meanwhile, ownerEnds: calls('counts', js) });
    const scheduling = scheduled(both, { ranShare: 1 });
    expectSpinning(analyze(both.input({ modules: [], scheduling })), SPINS_MS);
  });
});

describe('workers that get no work poll', () => {
  test('in what reaches memory by atomics only', () => {
    const idling = [inPool('asks'), calls('loads', inPool('asks'))];
    expectSpinning(analyze(pool({ workers, meanwhile: idling, atWork: idling }).input({ modules })), WORK_MS);
  });

  test('not in what reads and writes, whose results may be the page’s', () => {
    const own = [inPool('counts')];
    never(pool({ workers, meanwhile: own, atWork: own }));
  });
});

describe('what computes does not poll', () => {
  test('as a kernel of workers and owner, between whose runs the workers sleep', () => {
    const run = pool({ workers, meanwhile: [inPool('sleeps')], atWork: [inPool('counts')], ownerEnds: calls('counts', js) });
    never(run);
    never(run, { modules: [], scheduling: scheduled(run, { ranShare: 0.5 }) });
  });

  test('as arithmetic that goes on between inferences', () => {
    never(pool({ workers, meanwhile: [inPool('kernel')], atWork: [inPool('counts'), inPool('kernel')] }));
  });

  test.each([1, 2])('as a filter that %i workers of the page run all the time', (count) => {
    for (const kind of ['kernel', 'counts'] as const) {
      const filter = [...Array(29).fill(inPool(kind)), inPool('asks'), inPool('loads'), inPool('exchanges')];
      const run = pool({ workers: count, meanwhile: filter, atWork: filter });
      never(run);
      never(run, { modules: [], scheduling: scheduled(run, { ranShare: 1 }) });
    }
  });

  test('as a worker that is called after each inference, and comes back', () => {
    const called = [calls('counts', js), idle];
    const run = pool({ workers, meanwhile: called, atWork: [idle] });
    run.thread().executes(inPool('exchanges'), 0, END_MS);
    never(run);
    never(run, { modules: [], scheduling: scheduled(run, { ranShare: 1 }) });
  });

  test('as a helper that other functions call in inferences', () => {
    const meanwhile = [inPool('asks'), calls('loads', inPool('asks'))];
    const atWork = [...Array(5).fill(inPool('kernel')), ...Array(5).fill(calls('loads', inPool('kernel')))];
    const analysis = analyze(pool({ workers, meanwhile, atWork }).input({ modules }));
    expectSpinning(analysis, 0);
  });

  test('as what goes on while it is not known what the owner does', () => {
    const run = pool({ workers, meanwhile: [inPool('sleeps')], atWork: [inPool('kernel'), inPool('counts')] });
    for (const thread of run.threads.slice(1)) thread.executes(inPool('counts'), END_MS + 10, END_MS + 100);
    never(run);
  });

  test('as what takes half of the time between inferences', () => {
    never(pool({ workers, meanwhile: [inPool('counts'), program] }));
  });

  test('as what one of the workers does', () => {
    const run = pool({ workers: 1, meanwhile: [inPool('counts')] });
    run.thread().executes(inPool('kernel'), START_MS, 100).executes(inPool('looksAndSleeps'), 100, END_MS);
    never(run);
  });
});

test('the pool of ONNX Runtime is found polling by what its workers do, if its code did not tell', async () => {
  const { trace, modules } = await loadInput(await unpackRecorded('mobilenet-v2-main'));
  const wasm = findWasmFunctions(trace!, modules);
  const spinsOnWorkers = ({ functions }: WasmFunctions): Set<string> => {
    const { thread } = trace!.tables.callFrames.columns;
    const named = (row: number): boolean => trace!.tables.threads.columns.name.at(thread[row]!).startsWith('DedicatedWorker');
    return new Set(functions.flatMap((each, row) => (each?.class === 'spin' && named(row) ? [each.name] : [])));
  };
  const untold = new Map(
    wasm.functions.map((each) => [each, each?.class === 'spin' ? { ...each, class: 'scalar' as const } : each]),
  );
  const scalar = { ...wasm, functions: wasm.functions.map((each) => untold.get(each)!) };
  expect(spinsOnWorkers(wasm)).not.toEqual(new Set());
  expect(withPolling(trace!, wasm).functions.every((each, row) => each === wasm.functions[row])).toBe(true);
  expect(spinsOnWorkers(scalar)).toEqual(new Set());
  expect(spinsOnWorkers(withPolling(trace!, scalar))).toEqual(spinsOnWorkers(wasm));
});

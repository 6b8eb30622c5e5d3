import { describe, expect, test } from 'vitest';
import { onTrace } from '../../../analyzers/activity/onTrace.js';
import { findWasmFunctions } from '../../../analyzers/activity/wasmFunctions.js';
import type { FoundWindows } from '../../../analyzers/activity/window.js';
import type { Search } from '../../../analyzers/windows/finder.js';
import { findWindows } from '../../../analyzers/windows/index.js';
import type { GpuRealm } from '../../../src/bundle/gpuLog.js';
import type { PageManifest } from '../../../src/bundle/pageManifest.js';
import type { WasmRealm } from '../../../src/bundle/wasmLog.js';
import { buildPageManifest } from '../../bundle/buildPageManifest.js';
import { type Frame, idle, js, module, program, RunBuilder, scriptUrl, type ThreadBuilder, wasm } from '../buildRun.js';
import { buildGpuLog } from '../gpu/buildGpuLog.js';

const MAIN = 'CrRendererMain';
const about = buildPageManifest().page;
const fromStart = buildPageManifest({ recorded: { startUs: 0, endUs: 10_000_000 } });
const attached: PageManifest = { ...fromStart, page: { ...about, opened: 'attached', fromStart: false } };

interface Parts {
  readonly page?: PageManifest | null;
  readonly mark?: string | null;
  readonly wasm?: readonly WasmRealm[];
  readonly gpu?: readonly GpuRealm[];
}

function find(run: RunBuilder, { page = attached, mark = null, wasm: calls = [], gpu = [] }: Parts = {}): FoundWindows {
  const trace = run.trace();
  const hooks: Partial<Search> = {
    page,
    wasmRealms: calls.flatMap((realm) => onTrace(trace, realm) ?? []),
    gpuRealms: gpu.flatMap((realm) => onTrace(trace, realm) ?? []),
  };
  return findWindows(trace, null, mark, findWasmFunctions(trace, [module]).functions, hooks);
}

const edges = (windows: readonly { startUs: number; endUs: number }[]) =>
  windows.map(({ startUs, endUs }) => [Math.round(startUs / 1000), Math.round(endUs / 1000)]);

/** Inferences in tasks of their own, at these times, with the thread idle in between. */
function infers(thread: ThreadBuilder, starts: readonly number[], lengthMs: number): ThreadBuilder {
  let at = 0;
  for (const start of starts) {
    thread.executes(idle, at, start).task(start, start + lengthMs);
    thread.executes(js, start, start + 1).executes(wasm('simd128'), start + 1, start + lengthMs);
    at = start + lengthMs;
  }
  return thread.executes(idle, at, at + 50);
}

const often = [100, 200, 300, 400, 500, 600];
const ofOften = (lengthMs: number) => often.map((start) => [start, start + lengthMs]);

describe('user timing that the user named', () => {
  test('counts an outer mark once, and none that the page dates after the end of the recording', () => {
    const run = new RunBuilder();
    run.thread(MAIN).measure('infer', 100, 200).measure('infer', 120, 150).measure('infer', 300, 90_000_000);
    const { windows, confidence } = find(run, { mark: 'infer' });
    expect(edges(windows)).toEqual([[100, 200]]);
    expect(confidence).toBe(1);
  });

  test('is owned by the worker that computes, where the page measured from its main thread', () => {
    const run = new RunBuilder();
    const main = run.thread(MAIN).executes(idle, 0, 700);
    for (const start of often) main.measure('infer', start - 2, start + 22);
    infers(run.thread(), often, 20);
    const { windows } = find(run, { mark: 'infer' });
    expect(windows).toHaveLength(6);
    expect(new Set(windows.map(({ thread }) => thread))).toEqual(new Set([1]));
  });

  test('is what the page was recorded with, where nothing else is said', () => {
    const run = new RunBuilder();
    run.thread(MAIN).measure('infer', 100, 200).measure('other', 300, 310);
    expect(edges(find(run, { page: { ...attached, page: { ...about, mark: 'infer' } } }).windows)).toEqual([[100, 200]]);
  });

  test('keeps to what was named: nothing else is looked for', () => {
    const run = new RunBuilder();
    infers(run.thread(MAIN), often, 20);
    expect(find(run, { mark: 'infer' })).toMatchObject({ windows: [], confidence: null, lookedFor: ['user timing named infer'] });
  });
});

test('marks in the manner of our own runs are believed in a trace, and not in a page that was watched', () => {
  const run = new RunBuilder();
  run.thread(MAIN).measure('inferscope:00:iteration:1', 0, 10);
  expect(edges(find(run, { page: null }).windows)).toEqual([[0, 10]]);
  expect(find(run).windows).toEqual([]);
});

test('ONNX Runtime’s marks are inferences, and its mark of a session is the load', () => {
  const run = new RunBuilder();
  const thread = infers(run.thread(MAIN), often, 20);
  const time = (name: string, startMs: number, endMs: number): void => {
    const event = { cat: 'blink.console', name, id: `0x${startMs}` };
    thread.event({ ph: 'b', ...event }, startMs).event({ ph: 'e', ...event }, endMs);
  };
  time('ORT::InferenceSession.create', 10, 90);
  for (const start of often) time('ORT::InferenceSession.run', start + 1, start + 19);
  const found = find(run, { page: fromStart });
  expect(found.source).toContain('ONNX Runtime');
  expect(edges([found.setup!, found.warmup!])).toEqual([
    [10, 90],
    [101, 119],
  ]);
  expect(edges(found.windows)).toEqual(often.slice(1).map((start) => [start + 1, start + 19]));
});

describe('hooks', () => {
  const clock = { mark: 'clock', atMs: 0, stepMs: 0.005 };
  const instances = [{ sha256: null, atMs: 0, tookMs: 1 }];

  /** name, at, took, done */
  function realm(...rows: readonly (readonly [name: string, atMs: number, tookMs: number, doneMs?: number])[]): WasmRealm {
    const names = [...new Set(rows.map(([name]) => name))];
    return {
      clock,
      instances,
      names,
      calls: {
        instance: rows.map(() => 0),
        name: rows.map(([name]) => names.indexOf(name)),
        atMs: rows.map(([, atMs]) => atMs),
        tookMs: rows.map(([, , tookMs]) => tookMs),
        doneMs: rows.map(([, , , doneMs = -1]) => doneMs),
      },
      dropped: 0,
    };
  }

  function marked(name = MAIN): RunBuilder {
    const run = new RunBuilder();
    run.thread(name).mark('clock', 0);
    return run;
  }

  test('find the export that takes the most time and comes again, until what it promised is there', () => {
    const calls = often.flatMap((at) => [['malloc', at, 0.1] as const, ['run', at + 1, 5, at + 30] as const]);
    const found = find(marked(), { wasm: [realm(['load', 0, 80], ...calls)] });
    expect(edges(found.windows)).toEqual(ofOften(30));
    expect(found.source).toContain('export run');
    expect(found.confidence).toBeGreaterThan(0.8);
  });

  test('find bursts of calls where each operator is a call', () => {
    const calls = often.flatMap((at) => [0, 6, 12].map((after, i) => [`operator ${i}`, at + after, 5.9] as const));
    expect(edges(find(marked(), { wasm: [realm(...calls)] }).windows)).toEqual(often.map((at) => [at, at + 18]));
  });

  test('find calls one right after the other', () => {
    const calls = often.map((_, i) => ['run', 10 * i, 10] as const);
    expect(find(marked(), { wasm: [realm(...calls)] }).windows).toHaveLength(6);
  });

  test('begin with their task, unless far more comes before them', () => {
    const calls = often.flatMap((at) => [['run', at + 2, 5] as const, ['free', at + 9, 0.1] as const]);
    const foundIn = (beforeMs: number, lastMs: number) => {
      const run = marked();
      for (const at of often) run.threads[0]!.task(at - beforeMs, at + lastMs);
      return edges(find(run, { wasm: [realm(...calls)] }).windows);
    };
    // What a page does with it later in the task is no reason to leave out how its inputs were made.
    expect(foundIn(0, 60)).toEqual(ofOften(9));
    expect(foundIn(40, 60)).toEqual(often.map((at) => [at + 2, at + 9]));
  });

  test('end with the task that uses their outputs, or with the last call in it', () => {
    const foundWith = (lastMs: number, callMs: number) => {
      const run = marked();
      for (const at of often) run.threads[0]!.task(at, at + lastMs);
      const calls = often.flatMap((at) => [['run', at + 2, 5] as const, ['free', at + callMs, 0.1] as const]);
      return edges(find(run, { wasm: [realm(...calls)] }).windows);
    };
    expect(foundWith(12, 9)).toEqual(ofOften(12));
    // A call in the next task is of no inference, and one that is late in theirs is of them.
    expect(foundWith(10, 13)).toEqual(ofOften(10));
    expect(foundWith(60, 11)).toEqual(ofOften(11));
    // What takes longer than to use outputs is the page’s own affair.
    expect(foundWith(20, 9)).toEqual(ofOften(9));
  });

  test('end where they were last seen, if there was no core at their end', () => {
    const script: Frame = { functionName: 'normalize', url: scriptUrl, codeType: 'JS' };
    const foundWith = (frame: Frame | null) => {
      const run = marked();
      const [thread] = run.threads;
      for (const at of often) {
        thread!.executes(program, at, at + 2).preempted(at + 8, at + 17);
        if (frame) thread!.executes(frame, at + 17.5, at + 17.9);
        thread!.executes(program, at + 18, at + 19).task(at, at + 19);
      }
      return edges(find(run, { wasm: [realm(...often.map((at) => ['run', at + 2, 5] as const))] }).windows);
    };
    // The three milliseconds that the task worked behind the call are theirs, and nothing says that those without a core are.
    expect(foundWith(null)).toEqual(ofOften(10));
    expect(foundWith(script)).toEqual(ofOften(18));
    // What the browser gives to scripts is how they wait for what comes next.
    expect(foundWith({ functionName: 'setTimeout', codeType: 'JS' })).toEqual(ofOften(10));
  });

  test('end, where far more comes behind one than behind others, where it is last seen to do what they do', () => {
    const run = marked();
    const [thread] = run.threads;
    const script = (functionName: string): Frame => ({ functionName, url: scriptUrl, codeType: 'JS' });
    for (const at of often) {
      const isLong = at === 300;
      thread!
        .executes(program, at, at + 7)
        .executes(script('normalize'), at + 7, at + (isLong ? 15 : 9))
        .executes(script(isLong ? 'draw' : 'normalize'), at + (isLong ? 15 : 9), at + (isLong ? 40 : 9.4))
        .task(at, at + (isLong ? 40 : 9.4));
    }
    const found = find(run, { wasm: [realm(...often.map((at) => ['run', at + 2, 5] as const))] });
    expect(edges(found.windows)).toEqual(often.map((at) => [at, at === 300 ? 315 : at + 9]));
  });

  test('hold calls that had no core, if those of their export are short as a rule', () => {
    const calls = often.flatMap((at) => {
      const lateMs = at === 300 ? 20 : 0;
      return [
        ...(at === 300 ? [['malloc', at, lateMs] as const] : []),
        ['run', at + 2 + lateMs, 5] as const,
        ...(at === 400 ? [['free', at + 8, 30] as const] : []),
      ];
    });
    const foundWith = (shortOf: readonly number[]) => {
      const run = marked();
      run.threads[0]!.preempted(300, 320).preempted(408, 438);
      for (const at of often) run.threads[0]!.task(at, at + (at === 300 ? 28 : at === 400 ? 39 : 8));
      const log = realm(...calls);
      return edges(find(run, { wasm: [{ ...log, shortOf: [...shortOf] }] }).windows);
    };
    expect(realm(...calls).names).toEqual(['run', 'malloc', 'free']);
    expect(foundWith([0, 4, 5])).toEqual([...ofOften(8).slice(0, 2), [300, 328], [400, 439], ...ofOften(8).slice(4)]);
    // Of exports that always take so long they would be other work.
    expect(foundWith([0, 0, 0])).toEqual([...ofOften(8).slice(0, 2), [322, 328], [400, 407], ...ofOften(8).slice(4)]);
  });

  test('find the first one behind the loading of its model in the same task', () => {
    const withLoad = (tookMs: number) => {
      const run = marked();
      run.threads[0]!.task(50, 120);
      for (const at of often.slice(1)) run.threads[0]!.task(at, at + 20);
      const calls = often.map((at) => ['run', at + 2, 18] as const);
      return find(run, { page: fromStart, wasm: [realm(['create', 60, tookMs], ...calls)] });
    };
    expect(edges([withLoad(30).warmup!])).toEqual([[102, 120]]);
    // A short call is how the inputs are made.
    expect(edges([withLoad(1).warmup!])).toEqual([[50, 120]]);
  });

  test('begin behind a tokenizer of another module, and do not end with a codec', () => {
    const foundWith = (tokenizerMs: number) => {
      const run = marked();
      for (const at of often) run.threads[0]!.task(at, at + 60);
      const calls = often.flatMap((at) => [
        ['tokenize', at + 1, tokenizerMs] as const,
        ['run', at + 9, 20] as const,
        ['decode', at + 30, 0.5] as const,
      ]);
      const log = realm(...calls);
      const instance = calls.map(([name]) => (name === 'run' ? 0 : 1));
      const own = { ...log, instances: [...instances, ...instances], calls: { ...log.calls, instance } };
      return edges(find(run, { wasm: [own] }).windows);
    };
    expect(foundWith(7)).toEqual(often.map((at) => [at + 9, at + 29]));
    // What takes that little is how the inputs are made.
    expect(foundWith(1)).toEqual(often.map((at) => [at, at + 29]));
  });

  test('find those of both documents that a thread had one after the other', () => {
    const [first, second] = [often.slice(0, 3), often.slice(3)].map((starts) =>
      realm(...starts.map((at) => ['run', at, 20] as const)),
    );
    const found = find(marked(), { wasm: [first!, second!] });
    expect(edges(found.windows)).toEqual(ofOften(20));
    expect(found.source.match(/export run/g)).toHaveLength(1);
  });

  test('are the less sure the fewer there are, and the more they differ', () => {
    const confidenceOf = (lengths: readonly number[]) =>
      find(marked(), { wasm: [realm(...lengths.map((ms, i) => ['run', 1000 * i, ms] as const))] }).confidence!;
    expect(confidenceOf([20, 20, 20, 20, 20, 20])).toBeGreaterThan(confidenceOf([20, 20, 20]));
    expect(confidenceOf([290, 60, 270])).toBeLessThan(0.5);
  });

  test('find nothing outside of the recording, whose trace goes on while its hooks are asked', () => {
    const calls = often.map((at) => ['run', at, 20] as const);
    const page = { ...attached, recorded: { startUs: 150_000, endUs: 450_000 } };
    expect(edges(find(marked(), { page, wasm: [realm(...calls)] }).windows)).toEqual(ofOften(20).slice(1, 4));
  });

  test('find work for the GPU from what is handed over until it is read back', () => {
    const calls = often.flatMap((at) => [
      { name: 'queue.writeBuffer', atMs: at, tookMs: 0.1 },
      { name: 'queue.submit', atMs: at + 1, tookMs: 0.1, count: 5 },
      { name: 'mapAsync(READ)', atMs: at + 2, tookMs: 0.1, doneMs: at + 20 },
      { name: 'mapAsync(READ)', atMs: at + 2.5, tookMs: 0.1, doneMs: at + 25 },
    ]);
    const found = find(marked(), { gpu: [buildGpuLog({ calls, clock })] });
    expect(edges(found.windows)).toEqual(ofOften(25));
  });

  test('find nothing in drawing, which is not read back', () => {
    const calls = often.map((atMs) => ({ name: 'flush', atMs, tookMs: 0.1, count: 3 }));
    expect(find(marked(), { gpu: [buildGpuLog({ calls, clock })] }).windows).toEqual([]);
  });
});

describe('bursts of Wasm', () => {
  test('are found with their tasks, where the thread is idle in between, and said to be a guess', () => {
    const run = new RunBuilder();
    infers(run.thread(MAIN), often, 20);
    const found = find(run);
    expect(edges(found.windows)).toEqual(ofOften(20));
    expect(found.source).toContain('bursts of Wasm');
    expect(found.confidence).toBeGreaterThan(0.5);
    expect(found.confidence).toBeLessThan(0.9);
  });

  test('have a first one that is the warm-up, and what stands out after it is no prediction either', () => {
    const run = new RunBuilder();
    const thread = run.thread(MAIN);
    thread.executes(idle, 0, 100).task(100, 300).executes(wasm('simd128'), 100, 300);
    thread.executes(idle, 300, 400).task(400, 460).executes(wasm('simd128'), 400, 460);
    for (const start of [560, 680, 800, 920]) {
      thread
        .executes(idle, start - 100, start)
        .task(start, start + 20)
        .executes(wasm('simd128'), start, start + 20);
    }
    const found = find(run, { page: fromStart });
    expect(edges([found.warmup!])).toEqual([[100, 300]]);
    expect(edges(found.leading)).toEqual([
      [100, 300],
      [400, 460],
    ]);
    expect(edges([found.setup!])).toEqual([[0, 100]]);
    expect(found.windows).toHaveLength(4);
  });

  test('leave out the call that loads a model, which does not come again', () => {
    const run = new RunBuilder();
    const thread = run.thread(MAIN);
    thread.executes(wasm('scalar'), 0, 60).executes(idle, 60, 100);
    for (const start of often) thread.executes(wasm('simd128'), start, start + 20).executes(idle, start + 20, start + 100);
    expect(edges(find(run).windows)).toEqual(ofOften(20));
  });

  test('belong to the thread that calls, and not to those of its pool', () => {
    const run = new RunBuilder();
    infers(run.thread(MAIN), often, 20);
    const pool = run.thread();
    for (const start of [0, ...often]) pool.sleeps(wasm('wait'), start + 19, start + 102);
    for (const start of often) pool.executes(wasm('simd128'), start + 2, start + 19);
    expect(new Set(find(run).windows.map(({ thread }) => thread))).toEqual(new Set([0]));
  });

  test('belong to the thread that calls, also where one of its pool polls for longer than they take', () => {
    const run = new RunBuilder();
    infers(run.thread(MAIN), often, 20);
    const pool = run.thread();
    for (const start of [0, ...often]) pool.sleeps(wasm('wait'), start + 60, start + 102);
    for (const start of often) pool.executes(wasm('scalar'), start + 2, start + 60);
    expect(new Set(find(run).windows.map(({ thread }) => thread))).toEqual(new Set([0]));
  });

  test('belong to the thread that calls, also where its pool works for the later half of them, and then polls', () => {
    const run = new RunBuilder();
    infers(run.thread(MAIN), often, 20);
    const pool = run.thread();
    for (const start of [0, ...often]) pool.sleeps(wasm('wait'), start + 60, start + 110);
    for (const start of often) pool.executes(wasm('scalar'), start + 10, start + 60);
    expect(new Set(find(run).windows.map(({ thread }) => thread))).toEqual(new Set([0]));
  });

  test('belong to the thread that calls, also where V8 has lost the place of one that slept when sampling began', () => {
    const run = new RunBuilder();
    infers(run.thread(MAIN), often, 20);
    const adapter = { ...wasm('scalar'), functionName: 'js-to-wasm:i:f' };
    const pool = run.thread();
    for (const start of [0, ...often]) pool.executes(adapter, start + 20, start + 102);
    for (const start of often) pool.executes({ ...wasm('simd128'), caller: adapter }, start + 2, start + 20);
    expect(edges(find(run).windows)).toEqual(ofOften(20));
  });

  test('are known by tasks like theirs where they are so short that some have no sample of Wasm', () => {
    const run = new RunBuilder();
    const thread = run.thread(MAIN);
    const tell = { functionName: 'tell', url: 'https://page.example/main.js', codeType: 'JS' };
    const starts = Array.from({ length: 12 }, (_, i) => 100 * (i + 1));
    let at = 0;
    for (const [i, start] of starts.entries()) {
      thread.executes(idle, at, start).task(start, start + 1.4);
      if (i !== 2) thread.executes(wasm('simd128'), start + 0.2, start + 0.8);
      // Few samples fall in anything twice.
      if (i < 3) thread.executes(tell, start + 0.8, start + 1.4);
      // As long, and something else.
      thread
        .executes(idle, start + 1.4, start + 50)
        .task(start + 50, start + 51.4)
        .executes({ ...tell, functionName: 'draw' }, start + 50, start + 51.4);
      at = start + 51.4;
    }
    thread.executes(idle, at, at + 40);
    const { windows } = find(run);
    expect(windows.map(({ startUs }) => Math.round(startUs / 1000))).toEqual(starts);
    expect(windows.every(({ startUs, endUs }) => endUs - startUs <= 1400)).toBe(true);
  });

  test('are found on two threads that infer by themselves', () => {
    const run = new RunBuilder();
    infers(run.thread(MAIN), often, 20);
    infers(
      run.thread(),
      often.map((start) => start + 50),
      20,
    );
    const { windows } = find(run);
    expect(windows).toHaveLength(12);
    expect(new Set(windows.map(({ thread }) => thread)).size).toBe(2);
  });

  test('seen once are hardly a guess, and none where the page’s load was recorded too', () => {
    const run = new RunBuilder();
    infers(run.thread(MAIN), [100], 20);
    const found = find(run);
    expect(edges(found.windows)).toEqual([[100, 120]]);
    expect(found.confidence).toBeLessThan(0.3);
    expect(find(run, { page: fromStart }).windows).toEqual([]);
  });

  test('are found in a page that floods its user timing, also in the name of others', () => {
    const run = new RunBuilder();
    const thread = infers(run.thread(MAIN), often, 20);
    for (let at = 0; at < 600; at += 2) {
      thread.measure('detect', at, at + 0.5).measure('inferscope:00:iteration:1', at, at + 1e7);
    }
    const found = find(run);
    expect(found.source).toContain('bursts');
    expect(edges(found.windows)).toEqual(ofOften(20));
  });

  test('give way to a measure of the page that is around each of them', () => {
    const run = new RunBuilder();
    const thread = infers(run.thread(MAIN), often, 20);
    for (const start of often) thread.measure('detect', start, start + 22);
    const found = find(run);
    expect(found.source).toContain('named detect (a guess');
    expect(edges(found.windows)).toEqual(ofOften(22));
  });
});

test('bursts of work for the GPU end with the answer that was waited for', () => {
  const run = new RunBuilder();
  const thread = run.thread(MAIN);
  for (const start of often) {
    thread.task(start, start + 5).slice('DawnClientSerializer::Flush', start + 1, start + 2);
    thread.task(start + 40, start + 42).slice('WebGPUImplementation::OnGpuControlReturnData', start + 40, start + 41);
  }
  const found = find(run);
  expect(found.source).toContain('work for the GPU');
  expect(edges(found.windows)).toEqual(ofOften(42));
});

test('pixels that are read into a buffer are asked for, and there only when that is waited for', () => {
  const run = new RunBuilder();
  const thread = run.thread(MAIN);
  for (const start of often) {
    thread.task(start, start + 5).slice('GLES2::ReadPixels', start + 1, start + 2);
    thread.slice('CommandBufferHelper::Flush', start + 3, start + 4);
    thread.task(start + 30, start + 31).slice('CommandBufferHelper::Flush', start + 30, start + 31);
    thread.task(start + 50, start + 55).slice('ImplementationBase::WaitForCmd', start + 50, start + 55);
  }
  expect(edges(find(run).windows)).toEqual(ofOften(55));
});

test('a page without inference has none, and all that was looked for is named', () => {
  const run = new RunBuilder();
  run.thread(MAIN).executes(js, 0, 50).executes(idle, 50, 90).executes(js, 90, 120).measure('draw', 0, 50);
  const found = find(run);
  expect(found).toMatchObject({ windows: [], confidence: null });
  expect(found.lookedFor).toHaveLength(7);
  expect(found.lookedFor.join('; ')).toMatch(/--mark.*ONNX Runtime.*hooks.*user timing.*bursts/);
});

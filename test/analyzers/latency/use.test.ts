import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import type { Use } from '../../../analyzers/latency/use.js';
import { view } from '../../../analyzers/latency/view.js';
import type { WasmRealm } from '../../../src/bundle/wasmLog.js';
import { buildPageManifest } from '../../bundle/buildPageManifest.js';
import { buildManifest } from '../buildManifest.js';
import { type Frame, js, RunBuilder, type ThreadBuilder, wasm } from '../buildRun.js';

const script = (functionName: string, lineNumber: number, url = 'https://page.example/app.js?v=2'): Frame => ({
  functionName,
  url,
  codeType: 'JS',
  lineNumber,
});
const tokenize = script('tokenize', 11);
const rank = script('rank', 29);
/** A module that is not the model’s, called by the page. */
const tokenizer: Frame = {
  functionName: 'wasm-function[0]',
  url: 'https://page.example/tokenizer.wasm',
  columnNumber: 40,
  codeType: 'wasm',
  caller: script('encode', 4, 'https://page.example/tokenizer.js'),
};
const STARTS = [100, 200, 300, 400, 500, 600];
/** Attached to, so that no inference is its first. */
const PAGE = buildPageManifest({
  page: { ...buildPageManifest().page, opened: 'attached', fromStart: false },
  recorded: { startUs: 0, endUs: 1_000_000 },
});

/** A use of 50 ms in each task: something of 10 ms, glue of 2 ms, the model’s 28 ms, rank of 10 ms. */
function pageOf(before: Frame, each: (thread: ThreadBuilder, at: number) => unknown, starts = STARTS): RunBuilder {
  const run = new RunBuilder();
  const thread = run.thread('CrRendererMain').mark('clock', 0);
  for (const at of starts) {
    thread.executes(before, at, at + 10).executes(js, at + 10, at + 12);
    thread.executes(wasm('simd128'), at + 12, at + 40).executes(rank, at + 40, at + 50);
    each(thread, at);
  }
  return run;
}

const inOneTask = (thread: ThreadBuilder, at: number) => thread.task(at, at + 50);

const analysisOf = (run: RunBuilder, parts = {}) => analyze(run.input({ page: PAGE, mark: 'infer', ...parts }));
const useOf = (run: RunBuilder, parts = {}): Use | null => analysisOf(run, parts).use;

/** With the windows that the page measured. */
const measured =
  (fromMs: number, untilMs: number, borders: (thread: ThreadBuilder, at: number) => unknown = inOneTask) =>
  (thread: ThreadBuilder, at: number) => {
    borders(thread, at);
    thread.measure('infer', at + fromMs, at + untilMs);
  };

function expectParts(use: Use | null, [pre, model, post]: readonly [number, number, number]): void {
  expect(use!.preMs).toBeCloseTo(pre, 0);
  expect(use!.modelMs).toBeCloseTo(model, 0);
  expect(use!.postMs).toBeCloseTo(post, 0);
  expect(use!.useMs).toBeCloseTo(pre + model + post, 0);
  expect(use!.shares.pre + use!.shares.model + use!.shares.post).toBeCloseTo(1, 9);
  expect(use!.shares.model).toBeCloseTo(model / (pre + model + post), 2);
}

describe('one use of a model in a page', () => {
  test.each([
    ['the run alone', 12, 40],
    ['all of its task, as hooks find it', 0, 50],
  ])('is the model and what the page does around it, whether the inference is %s', (_, fromMs, untilMs) => {
    const use = useOf(pageOf(tokenize, measured(fromMs, untilMs)));
    expectParts(use, [10, 30, 10]);
    expect(use!.uses).toBe(6);
    expect(use!.ci95Ms!.pre[0]).toBeLessThanOrEqual(use!.preMs);
    expect(use!.scripts).toMatchObject([
      { function: 'tokenize', line: 12, where: 'before', isWasm: false },
      { function: 'rank', line: 30, where: 'after', isWasm: false },
    ]);
    for (const { ms, share } of use!.scripts) {
      expect(ms).toBeCloseTo(10, 0);
      expect(share).toBeCloseTo(0.2, 2);
    }
  });

  test('agrees with the cause page.script, where the inference holds it all', () => {
    const { use, partition } = analysisOf(pageOf(tokenize, measured(0, 50)));
    const inside = partition!.causes.find(({ id }) => id === 'page.script')!.share;
    expect(use!.shares.pre + use!.shares.post).toBeCloseTo(inside, 2);
  });

  test('has other Wasm around the model too, under the function that calls it', () => {
    const use = useOf(pageOf(tokenizer, measured(12, 40)));
    expectParts(use, [10, 30, 10]);
    expect(use!.scripts).toContainEqual(expect.objectContaining({ function: 'encode', line: 5, where: 'before', isWasm: true }));
  });

  test('holds what the page does in the middle of the model as part of it', () => {
    const run = pageOf(tokenize, (thread, at) => {
      inOneTask(thread, at);
      thread.executes(rank, at + 50, at + 55).executes(wasm('simd128'), at + 55, at + 60);
      thread.task(at + 50, at + 60).measure('infer', at + 12, at + 60);
    });
    const use = useOf(run);
    expectParts(use, [10, 50, 0]);
    expect(use!.scripts).toContainEqual(expect.objectContaining({ function: 'rank', where: 'in' }));
  });

  test('does not reach into other tasks', () => {
    const apart = (thread: ThreadBuilder, at: number) =>
      thread
        .task(at, at + 9)
        .task(at + 10, at + 41)
        .task(at + 42, at + 50);
    expectParts(useOf(pageOf(tokenize, measured(12, 40, apart))), [0, 30, 1]);
  });

  test('counts what stands between two inferences in one task for the later one, and nothing twice', () => {
    const use = useOf(
      pageOf(tokenize, (thread, at) => {
        thread.measure('infer', at + 12, at + 40);
        thread
          .executes(wasm('simd128'), at + 50, at + 78)
          .measure('infer', at + 50, at + 78)
          .task(at, at + 78);
      }),
    );
    // Of two uses one has 10 ms before, one 10 ms of rank.
    expect(use!.uses).toBe(12);
    expect(use!.shares.pre).toBeCloseTo(20 / 78, 2);
    expect(use!.shares.post).toBeCloseTo(0, 9);
    expect(use!.uses * use!.scripts.reduce((ms, script) => ms + script.ms, 0)).toBeCloseTo(6 * 20, 0);
  });

  test('begins behind the set-up of its session, and ends with its release', () => {
    const names = ['bb', 'sb', 'cb'];
    const rows = STARTS.flatMap((at) => [
      { name: 0, atMs: at, tookMs: 6 },
      { name: 1, atMs: at + 12, tookMs: 28 },
      { name: 2, atMs: at + 44, tookMs: 3 },
    ]);
    const realm: WasmRealm = {
      clock: { mark: 'clock', atMs: 0, stepMs: 0.005 },
      instances: [{ sha256: null, atMs: 0, tookMs: 1 }],
      names,
      roles: ['create', 'run', 'release'],
      calls: {
        instance: rows.map(() => 0),
        name: rows.map(({ name }) => name),
        atMs: rows.map(({ atMs }) => atMs),
        tookMs: rows.map(({ tookMs }) => tookMs),
        doneMs: rows.map(() => -1),
      },
      dropped: 0,
    };
    const run = pageOf(tokenize, inOneTask);
    const use = useOf(run, { mark: null, wasm: { schema: 'inferscope.wasm/1', realms: [realm] } });
    expectParts(use, [4, 30, 4]);
  });

  test('has no interval where it is seen a few times', () => {
    const use = useOf(pageOf(tokenize, measured(12, 40), STARTS.slice(0, 4)));
    expect(use).toMatchObject({ uses: 4, ci95Ms: null });
  });
});

describe('nothing is said of a use', () => {
  test.each<[string, (run: RunBuilder) => Use | null]>([
    [
      'without its tasks',
      () =>
        useOf(
          pageOf(
            tokenize,
            measured(12, 40, () => {}),
          ),
        ),
    ],
    ['in a run of ours', (run) => useOf(run, { page: null, manifest: buildManifest() })],
  ])('%s', (_, useIn) => {
    expect(useIn(pageOf(tokenize, measured(12, 40)))).toBeNull();
  });

  test('without samples of computing', () => {
    const run = new RunBuilder();
    const thread = run.thread('CrRendererMain');
    for (const at of STARTS) measured(0, 50)(thread.executes(rank, at, at + 50), at);
    expect(useOf(run)).toBeNull();
  });
});

describe('what is said of a use', () => {
  const saidOf = (use: Use | null) => view.brief({ latency: null, gap: null, page: null, use });

  test('is the shares, and who takes most before and after the model', () => {
    const [line] = saidOf(useOf(pageOf(tokenize, measured(12, 40))));
    expect(`${line!.label} ${line!.value} ${line!.text}`).toMatch(
      /^One use (50\.\d|49\.\d) ms model \d\d\.\d % · before \d\d\.\d % \(tokenize, app\.js:12\) · after \d\d\.\d % \(rank, app\.js:30\)$/,
    );
  });

  test('is nothing where the model takes all', () => {
    const run = new RunBuilder();
    const thread = run.thread('CrRendererMain');
    for (const at of STARTS) measured(0, 50)(thread.executes(wasm('simd128'), at, at + 50), at);
    const use = useOf(run);
    expect(use!.shares.model).toBeCloseTo(1, 9);
    expect(saidOf(use)).toEqual([]);
  });
});

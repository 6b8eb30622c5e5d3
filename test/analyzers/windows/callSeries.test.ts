import { describe, expect, test } from 'vitest';
import { callSeries, countInferences, findInferences } from '../../../analyzers/windows/callSeries.js';
import { recurs, setUps } from '../../../analyzers/windows/setUps.js';
import type { WasmRealm } from '../../../src/bundle/wasmLog.js';
import { buildGpuLog } from '../gpu/buildGpuLog.js';

const calls = (count: number, tookMs: number): WasmRealm => ({
  clock: { mark: 'clock', atMs: 0, stepMs: 0.1 },
  instances: [{ sha256: null, atMs: 0, tookMs: 1 }],
  names: ['run'],
  calls: {
    instance: Array(count).fill(0),
    name: Array(count).fill(0),
    atMs: Array.from({ length: count }, (_, i) => 1000 * i),
    tookMs: Array(count).fill(tookMs),
    doneMs: Array(count).fill(-1),
  },
  dropped: 0,
});

test('counts those of the realm that takes the most time', () => {
  expect(countInferences([], [])).toBe(0);
  expect(countInferences([calls(7, 20), calls(30, 1)], [])).toBe(7);
});

test('says when they began and ended, by the clock of their realm', () => {
  expect(findInferences([calls(3, 20), calls(30, 1)], [])).toEqual(
    [0, 1000, 2000].map((startMs) => ({ realm: calls(3, 20).clock.mark, startMs, endMs: startMs + 20 })),
  );
});

test('counts work for the GPU that is read back', () => {
  const rounds = [0, 500, 1000].flatMap((at) => [
    { name: 'queue.submit', atMs: at, tookMs: 0.1, count: 5 },
    { name: 'mapAsync(READ)', atMs: at + 1, tookMs: 0.1, doneMs: at + 100 },
  ]);
  expect(countInferences([calls(7, 1)], [buildGpuLog({ calls: rounds })])).toBe(3);
});

interface Call {
  readonly name: number;
  readonly at: number;
  readonly took: number;
  /** The first by default. */
  readonly instance?: number;
}

const STARTS = [0, 1000, 2000, 3000, 4000];

/** The same calls five times, with pauses between. */
function eachTime(names: readonly string[], each: readonly Call[], roles?: WasmRealm['roles']): WasmRealm {
  const rows = STARTS.flatMap((start) => each.map((call) => ({ ...call, at: start + call.at })));
  return {
    clock: { mark: 'clock', atMs: 0, stepMs: 0.1 },
    instances: [0, 1, 2].map(() => ({ sha256: null, atMs: 0, tookMs: 1 })),
    names: [...names],
    ...(roles && { roles }),
    calls: {
      instance: rows.map(({ instance = 0 }) => instance),
      name: rows.map(({ name }) => name),
      atMs: rows.map(({ at }) => at),
      tookMs: rows.map(({ took }) => took),
      doneMs: rows.map(() => -1),
    },
    dropped: 0,
  };
}

const CREATE = { name: 0, at: 0, took: 80 };
const RUN = { name: 1, at: 81, took: 20 };
const RELEASE = { name: 2, at: 102, took: 1 };

/** A page that creates a session for each inference. */
const sessionEachTime = (roles: WasmRealm['roles']): WasmRealm => eachTime(['bb', 'sb', 'cb'], [CREATE, RUN, RELEASE], roles);

const seriesOf = (realm: WasmRealm) => callSeries({ log: realm, thread: 0, toTraceUs: (ms) => ms * 1000 })!;

describe('where it is known which export runs a session', () => {
  const known = sessionEachTime(['create', 'run', 'release']);

  test('the inference is that call, and creating and releasing a session are other work', () => {
    const { spans, what, others, isKnown } = seriesOf(known);
    expect(spans.map(({ startUs, endUs }) => [startUs / 1000, endUs / 1000])).toEqual([
      [81, 101],
      [1081, 1101],
      [2081, 2101],
      [3081, 3101],
      [4081, 4101],
    ]);
    expect([what, isKnown]).toEqual(['calls of the Wasm export sb, which runs a session', true]);
    expect(others).toHaveLength(10);
  });

  test('it is not the call that takes the most time', () => {
    const { spans, isKnown } = seriesOf(sessionEachTime(undefined));
    expect(spans[1]!.startUs).toBe(1_000_000);
    expect(isKnown).toBeUndefined();
  });

  test('sessions that are created again and again are counted, and one that is kept is not', () => {
    const found = setUps({ schema: 'inferscope.wasm/1', realms: [known] })!;
    expect(found).toMatchObject({ count: 5, runs: 5, medianMs: 80, exports: ['bb'], by: 'script' });
    expect(found.share).toBeCloseTo(0.8, 9);
    expect(recurs(found)).toBe(true);
    expect(recurs({ ...found, count: 2 })).toBe(false);
    expect(recurs({ ...found, runs: 50 })).toBe(false);
    expect(setUps({ schema: 'inferscope.wasm/1', realms: [sessionEachTime(undefined)] })).toBeNull();
  });
});

const edgesOf = (realm: WasmRealm) => seriesOf(realm).spans.map(({ startUs, endUs }) => [startUs / 1000, endUs / 1000]);

describe('where a module is called by names that say what for', () => {
  const named = (names: readonly string[], each: readonly Call[] = [CREATE, RUN, RELEASE]) => eachTime(names, each);

  test.each([
    ['as C names them', ['net_create', 'net_run', 'net_free']],
    ['as scripts name them', ['loadModel', 'predict', 'disposeModel']],
  ])('the inference is the run: %s', (_, names) => {
    const realm = named(names);
    expect(edgesOf(realm)).toEqual(STARTS.map((start) => [start + 81, start + 101]));
    // A name is a hint: the calls count as inferences for their coming again.
    expect(seriesOf(realm)).toMatchObject({ what: expect.stringContaining('by its name') });
    expect(seriesOf(realm).isKnown).toBeUndefined();
    expect(setUps({ schema: 'inferscope.wasm/1', realms: [realm] })).toMatchObject({
      count: 5,
      exports: [names[0]],
      by: 'names',
    });
  });

  test.each([
    ['names say nothing', named(['a', 'b', 'c'])],
    ['what is made is no session', named(['create_tensor', 'run', 'free_tensor'])],
    ['not each set-up is followed by a run', named(['create', 'run', 'free'], [CREATE, { ...CREATE, at: 80.5, took: 0.2 }, RUN])],
    ['the set-up is another module’s', named(['create', 'run', 'free'], [CREATE, { ...RUN, instance: 1 }])],
  ])('nothing is known where %s', (_, realm) => {
    expect(setUps({ schema: 'inferscope.wasm/1', realms: [realm] })).toBeNull();
  });
});

describe('where other modules are called too', () => {
  const model = { name: 0, at: 20, took: 34 };
  const tokenizer = { name: 1, at: 4, took: 15, instance: 1 };
  const codec = { name: 2, at: 500, took: 25, instance: 2 };
  const names = ['run', 'tokenize', 'decode'];

  test('the inference is the run of the one that takes most time, whatever stands before it and beside it', () => {
    const alone = seriesOf(eachTime(names, [model]));
    const beside = seriesOf(eachTime(names, [tokenizer, model, codec]));
    expect(beside.spans.map(({ startUs, endUs }) => [startUs, endUs])).toEqual(
      alone.spans.map(({ startUs, endUs }) => [startUs, endUs]),
    );
    expect(beside.what).toBe(alone.what);
    expect(beside.others.map(({ isForeign }) => isForeign)).toEqual(Array(10).fill(true));
    // That it is the model, and not one of the others, is less sure the more those take.
    expect(alone.sureness).toBe(1);
    expect(beside.sureness).toBeCloseTo(34 / (34 + 15 + 25), 9);
  });

  test('the inference is the run of a session where that is known, however long the others take', () => {
    const roles = ['run' as const, null, null];
    const realm = eachTime(names, [{ ...tokenizer, at: 0, took: 19 }, model, { ...codec, took: 400 }], roles);
    expect(edgesOf(realm)).toEqual(STARTS.map((start) => [start + 20, start + 54]));
    expect(seriesOf(realm)).toMatchObject({ sureness: 1, isKnown: true });
  });

  test('instances of one module are one, as where it is instantiated for each inference', () => {
    const realm = eachTime(['run'], [model]);
    const sha256 = 'a'.repeat(64);
    const anew = {
      ...realm,
      instances: STARTS.map(() => ({ sha256, atMs: 0, tookMs: 1 })),
      calls: { ...realm.calls, instance: STARTS.map((_, i) => i) },
    };
    expect(edgesOf(anew)).toEqual(edgesOf(realm));
  });
});

import { describe, expect, test } from 'vitest';
import { callSeries, countInferences } from '../../../analyzers/windows/callSeries.js';
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

test('counts work for the GPU that is read back', () => {
  const rounds = [0, 500, 1000].flatMap((at) => [
    { name: 'queue.submit', atMs: at, tookMs: 0.1, count: 5 },
    { name: 'mapAsync(READ)', atMs: at + 1, tookMs: 0.1, doneMs: at + 100 },
  ]);
  expect(countInferences([calls(7, 1)], [buildGpuLog({ calls: rounds })])).toBe(3);
});

/** A page that creates a session for each of five inferences: create 80 ms, run 20 ms, release 1 ms, then a pause. */
function sessionEachTime(roles: WasmRealm['roles']): WasmRealm {
  const starts = [0, 1000, 2000, 3000, 4000];
  const each = [
    { name: 0, at: 0, took: 80 },
    { name: 1, at: 81, took: 20 },
    { name: 2, at: 102, took: 1 },
  ];
  const rows = starts.flatMap((start) => each.map((call) => ({ ...call, at: start + call.at })));
  return {
    clock: { mark: 'clock', atMs: 0, stepMs: 0.1 },
    instances: [{ sha256: null, atMs: 0, tookMs: 1 }],
    names: ['bb', 'sb', 'cb'],
    ...(roles && { roles }),
    calls: {
      instance: rows.map(() => 0),
      name: rows.map(({ name }) => name),
      atMs: rows.map(({ at }) => at),
      tookMs: rows.map(({ took }) => took),
      doneMs: rows.map(() => -1),
    },
    dropped: 0,
  };
}

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
    expect(found).toMatchObject({ count: 5, runs: 5, medianMs: 80 });
    expect(found.share).toBeCloseTo(0.8, 9);
    expect(recurs(found)).toBe(true);
    expect(recurs({ ...found, count: 2 })).toBe(false);
    expect(recurs({ ...found, runs: 50 })).toBe(false);
    expect(setUps({ schema: 'inferscope.wasm/1', realms: [sessionEachTime(undefined)] })).toBeNull();
  });
});

import { expect, test } from 'vitest';
import { wasmCalls } from '../../../analyzers/activity/wasmCalls.js';
import type { WasmRealm } from '../../../src/bundle/wasmLog.js';

/** Calls as a hook recorded them, [start, duration, when its promise settled]; the realm's clock began 100 ms after the trace's. */
function realm(thread: number, rows: readonly (readonly [atMs: number, tookMs: number, doneMs: number])[]) {
  const log: WasmRealm = {
    clock: { mark: 'clock', atMs: 0, stepMs: 0.1 },
    instances: [],
    names: ['run'],
    calls: {
      instance: rows.map(() => 0),
      name: rows.map(() => 0),
      atMs: rows.map(([atMs]) => atMs),
      tookMs: rows.map(([, tookMs]) => tookMs),
      doneMs: rows.map(([, , doneMs]) => doneMs),
    },
    dropped: 0,
  };
  return { log, thread, toTraceUs: (ms: number) => 1000 * (ms + 100) };
}

test('calls are when a thread was inside of them, and not until what they wait for is there', () => {
  const realms = [
    realm(1, [
      [10, 5, 90],
      [20, 5, -1],
      [21, 1, -1],
    ]),
    realm(2, [[0, 1, -1]]),
  ];
  expect([...wasmCalls(realms)]).toEqual([
    [
      1,
      [
        { startUs: 110_000, endUs: 115_000, value: null },
        { startUs: 120_000, endUs: 125_000, value: null },
      ],
    ],
    [2, [{ startUs: 100_000, endUs: 101_000, value: null }]],
  ]);
});

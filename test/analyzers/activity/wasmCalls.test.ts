import { expect, test } from 'vitest';
import { wasmCalls } from '../../../analyzers/activity/wasmCalls.js';
import type { WasmRealm } from '../../../src/bundle/wasmLog.js';
import { RunBuilder } from '../buildRun.js';

/** Calls as a hook recorded them, [start, duration, when its promise settled]; the realm's clock began 100 ms after the trace's. */
function realm(mark: string, rows: readonly (readonly [atMs: number, tookMs: number, doneMs: number])[]): WasmRealm {
  return {
    clock: { mark, atMs: 0, stepMs: 0.1 },
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
}

test('calls are when a thread was inside of them, and not until what they wait for is there', () => {
  const run = new RunBuilder();
  run.thread().mark('one', 100);
  run.thread().mark('two', 100);
  const realms = [
    realm('two', [
      [10, 5, 90],
      [20, 5, -1],
      [21, 1, -1],
    ]),
    realm('elsewhere', [[0, 1, -1]]),
  ];
  const calls = wasmCalls(run.trace(), { schema: 'inferscope.wasm/1', realms });
  expect([...calls]).toEqual([
    [
      1,
      [
        { startUs: 110_000, endUs: 115_000, value: null },
        { startUs: 120_000, endUs: 125_000, value: null },
      ],
    ],
  ]);
});

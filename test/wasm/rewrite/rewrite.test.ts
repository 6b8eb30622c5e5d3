import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LaunchedBrowser, launchBrowser } from '../../../collectors/browser/launchBrowser.js';
import { random } from '../../../src/stats/random.js';
import { decodeFunction } from '../../../src/wasm/decodeFunction.js';
import { indexModule } from '../../../src/wasm/indexModule.js';
import { COUNTERS, countExecuted, executedOf } from '../../../src/wasm/rewrite/countExecuted.js';
import { fuseMultiplyAdd } from '../../../src/wasm/rewrite/fuseMultiplyAdd.js';
import { moduleOfFunctions, randomFunction } from './randomFunctions.js';

let launched: LaunchedBrowser;
let page: Page;

// Node 20 has neither several memories nor relaxed SIMD.
beforeAll(async () => {
  launched = await launchBrowser();
  page = await launched.browser.newPage();
});
afterAll(() => launched?.browser.close());

interface Ran {
  /** Bytes of the six vectors, after each function in turn. */
  readonly results: number[][];
  readonly counters: string[];
}

const next = random(20);
const functions = Array.from({ length: 300 }, () => randomFunction((below) => Math.floor(next() * below)));
const original = moduleOfFunctions(functions);

/** Calls every function once, each with the same six vectors, in an engine. */
function run(bytes: Uint8Array): Promise<Ran> {
  return page.evaluate(
    async ({ base64, count, counters }) => {
      const { instance } = await WebAssembly.instantiate(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
      const exports = instance.exports as Record<string, CallableFunction> & Record<string, WebAssembly.Memory>;
      const floats = new Float32Array(exports.memory!.buffer, 0, 24);
      const results: number[][] = [];
      for (let i = 0; i < count; i++) {
        floats.set(floats.map((_, lane) => (lane % 7) - 3));
        exports[`f${i}`]!(0);
        results.push([...new Uint32Array(floats.slice().buffer)]);
      }
      const own = exports[counters];
      return { results, counters: own ? [...new BigUint64Array(own.buffer)].map(String) : [] };
    },
    { base64: Buffer.from(bytes).toString('base64'), count: functions.length, counters: `${COUNTERS}x` },
  );
}

test('fused functions give the same results, where products are exact', async () => {
  const fused = fuseMultiplyAdd(indexModule(original));
  expect(fused.fused).toBeGreaterThan(300);
  expect((await run(fused.bytes)).results).toEqual((await run(original)).results);
});

test('what is executed is counted to the digit: every call, loop and class', async () => {
  const counting = countExecuted(indexModule(original), 'x');
  const { results, counters } = await run(counting.bytes);
  expect(results).toEqual((await run(original)).results);
  const executed = executedOf(counting, (counter) => Number(counters[counter]));
  expect(executed.map(({ calls }) => calls)).toEqual(functions.map(() => 1));
  expect(executed.map((each) => each.executed.simdFloat)).toEqual(functions.map(({ vectorFloats }) => vectorFloats));
  expect(executed.map((each) => each.loops.map(({ iterations }) => iterations))).toEqual(
    functions.map(({ iterations }) => iterations),
  );
});

test('a module with one function that counts leaves the others as they are', async () => {
  const module = indexModule(original);
  const counting = countExecuted(module, 'x', new Set([3]));
  const again = indexModule(counting.bytes);
  expect(counting.functions.map(({ index }) => index)).toEqual([3]);
  expect(decodeFunction(again, 4).body).toEqual(decodeFunction(module, 4).body);
  expect((await run(counting.bytes)).results).toEqual((await run(original)).results);
});

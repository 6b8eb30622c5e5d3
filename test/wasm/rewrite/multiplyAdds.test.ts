import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LaunchedBrowser, launchBrowser } from '../../../collectors/browser/launchBrowser.js';
import { random } from '../../../src/stats/random.js';
import { indexModule } from '../../../src/wasm/indexModule.js';
import type { WasmModule } from '../../../src/wasm/module.js';
import { fuseMultiplyAdd } from '../../../src/wasm/rewrite/fuseMultiplyAdd.js';
import { leb } from '../builder.js';
import { fusedMultiplyAdd } from './exactFloat.js';
import { fusedSums, interpret } from './interpret.js';
import { moduleOfFunctions, randomFunction } from './randomFunctions.js';

let launched: LaunchedBrowser;
let page: Page;

// Node 20 has no relaxed SIMD.
beforeAll(async () => {
  launched = await launchBrowser();
  page = await launched.browser.newPage();
});
afterAll(() => launched?.browser.close());

const VECTORS = 6;
const next = random(7);
/** Floats whose products have to be rounded. */
const values = Float32Array.from({ length: 4 * VECTORS }, () => 4 * (next() - 0.5));

/** What the six vectors are after each function, which all begin with the same. */
function run(bytes: Uint8Array, count: number, from: readonly number[] = [...values]): Promise<number[][]> {
  return page.evaluate(
    async ({ base64, count, from }) => {
      const { instance } = await WebAssembly.instantiate(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
      const exports = instance.exports as Record<string, CallableFunction> & Record<string, WebAssembly.Memory>;
      const floats = new Float32Array(exports.memory!.buffer, 0, from.length);
      return Array.from({ length: count }, (_, i) => {
        floats.set(from);
        exports[`f${i}`]!(0);
        return [...floats];
      });
    },
    { base64: Buffer.from(bytes).toString('base64'), count, from: [...from] },
  );
}

/** By the specification alone, with sums fused where the rewritten module has them so. */
function expected(original: WasmModule, index: number, fused: ReturnType<typeof fusedSums>): number[] {
  const memory = values.slice();
  interpret(original, index, fused, memory);
  return [...memory];
}

test('the reference rounds once', () => {
  const [a, c] = [1 + 2 ** -12, -(1 + 2 ** -11)];
  expect(Math.fround(Math.fround(a * a) + c)).toBe(0);
  expect(fusedMultiplyAdd(a, a, c)).toBe(2 ** -24);
  expect(fusedMultiplyAdd(3, 5, 2 ** -149)).toBe(15);
  expect(fusedMultiplyAdd(2 ** -100, 2 ** -49, 0)).toBe(2 ** -149);
  expect(fusedMultiplyAdd(1 + 2 ** -23, 1 + 2 ** -23, 0)).toBe(Math.fround((1 + 2 ** -23) ** 2));
});

const simd = (code: number): number[] => [0xfd, ...leb(code)];
const [NEG, ADD, SUB, MUL] = [simd(0xe1), simd(0xe4), simd(0xe5), simd(0xe6)];
/** Locals 4 to 9. */
const get = (name: string): number[] => [0x20, 4 + 'abcdef'.indexOf(name)];
const set = (name: string): number[] => [0x21, 4 + 'abcdef'.indexOf(name)];
const tee = (name: string): number[] => [0x22, 4 + 'abcdef'.indexOf(name)];
const ab = [...get('a'), ...get('b'), ...MUL];
const cd = [...get('c'), ...get('d'), ...MUL];
const constant = (value: number): number[] => [0x41, value];
const loopTwice = (...body: number[]): number[] => [
  ...[...constant(2), 0x21, 1, 0x03, 0x40, ...body],
  ...[0x20, 1, ...constant(1), 0x6b, 0x22, 1, 0x0d, 0, 0x0b],
];

/** Code, and how many of its sums may be fused: no more without another meaning, and no fewer in straight code. */
const cases: Readonly<Record<string, readonly [code: readonly number[], fused: number]>> = {
  'a product on the left': [[...ab, ...get('c'), ...ADD, ...set('f')], 1],
  'a product on the right': [[...get('c'), ...ab, ...ADD, ...set('f')], 1],
  'subtracted from the product': [[...ab, ...get('c'), ...SUB, ...set('f')], 1],
  'a product that is subtracted': [[...get('c'), ...ab, ...SUB, ...set('f')], 1],
  'two products in one sum: one of them': [[...ab, ...cd, ...ADD, ...set('f')], 1],
  'two products in one difference: one of them': [[...ab, ...cd, ...SUB, ...set('f')], 1],
  'a product with itself': [[...ab, ...tee('e'), ...get('e'), ...ADD, ...set('f')], 0],
  'through a local': [[...ab, ...set('e'), ...get('c'), ...get('e'), ...ADD, ...set('f'), ...get('a'), ...set('e')], 1],
  'through two locals': [
    [...ab, ...tee('e'), ...set('f'), ...get('c'), ...get('f'), ...ADD, ...set('d'), ...get('a'), ...tee('e'), ...set('f')],
    1,
  ],
  'through a local that is set between': [
    [...ab, ...set('e'), ...get('d'), ...set('e'), ...get('e'), ...get('c'), ...ADD, ...set('f')],
    0,
  ],
  'factors that are set between': [[...ab, ...get('d'), ...tee('a'), ...set('b'), ...get('c'), ...ADD, ...set('f')], 1],
  'a product that two sums use': [
    [
      ...ab,
      ...tee('e'),
      ...get('c'),
      ...ADD,
      ...set('f'),
      ...get('e'),
      ...get('d'),
      ...ADD,
      ...set('c'),
      ...get('a'),
      ...set('e'),
    ],
    2,
  ],
  'a product that a sum and a product use': [
    [
      ...ab,
      ...tee('e'),
      ...get('c'),
      ...ADD,
      ...set('f'),
      ...get('e'),
      ...get('d'),
      ...MUL,
      ...set('c'),
      ...get('a'),
      ...set('e'),
    ],
    0,
  ],
  'a product that is kept after the sum': [[...ab, ...tee('e'), ...get('c'), ...ADD, ...set('f')], 0],
  'a product that is negated': [[...ab, ...NEG, ...get('c'), ...ADD, ...set('f')], 0],
  'a product of a product': [[...ab, ...get('d'), ...MUL, ...get('c'), ...ADD, ...set('f')], 1],
  'a product that is stored between': [
    [...ab, ...set('e'), 0x20, 0, ...get('e'), ...simd(11), 4, 0, ...get('e'), ...get('c'), ...ADD, ...set('f')],
    0,
  ],
  'a sum in another block': [[...ab, ...set('e'), 0x02, 0x40, ...get('e'), ...get('c'), ...ADD, ...set('f'), 0x0b], 0],
  'a sum behind a branch': [
    [0x02, 0x40, ...ab, ...set('e'), ...constant(0), 0x0d, 0, ...get('e'), ...get('c'), ...ADD, ...set('f'), 0x0b],
    0,
  ],
  'a product of the turn before': [
    loopTwice(...get('e'), ...get('c'), ...ADD, ...set('f'), ...ab, ...set('e'), ...get('c'), ...get('b'), ...ADD, ...set('b')),
    0,
  ],
  'a product of each turn': [
    [...loopTwice(...ab, ...set('e'), ...get('f'), ...get('e'), ...ADD, ...set('f')), ...get('a'), ...set('e')],
    1,
  ],
  'a chain of sums': [[...ab, ...get('c'), ...ADD, ...cd, ...ADD, ...get('e'), ...get('f'), ...MUL, ...SUB, ...set('f')], 3],
  'products that cross each other': [
    [
      ...ab,
      ...set('e'),
      ...cd,
      ...set('f'),
      ...get('f'),
      ...get('a'),
      ...ADD,
      ...get('e'),
      ...get('b'),
      ...SUB,
      ...ADD,
      ...tee('e'),
      ...set('f'),
    ],
    2,
  ],
  'dead code': [[0x02, 0x40, ...get('a'), ...set('f'), 0x0c, 0, ...ab, ...get('c'), ...ADD, ...set('f'), 0x0b], 1],
};

describe('what is fused by hand-made functions, and what comes of it', () => {
  const names = Object.keys(cases);
  const [load, store] = [
    Array.from({ length: VECTORS }, (_, i) => [0x20, 0, ...simd(0), 4, ...leb(16 * i), 0x21, 4 + i]).flat(),
    Array.from({ length: VECTORS }, (_, i) => [0x20, 0, 0x20, 4 + i, ...simd(11), 4, ...leb(16 * i)]).flat(),
  ];
  const original = indexModule(
    moduleOfFunctions(names.map((name) => ({ code: [...load, ...cases[name]![0], ...store], vectorFloats: 0, iterations: [] }))),
  );
  const rewritten = indexModule(fuseMultiplyAdd(original).bytes);
  let before: number[][];
  let after: number[][];
  beforeAll(async () => {
    before = await run(original.bytes, names.length);
    after = await run(rewritten.bytes, names.length);
  });

  test.each(names)('%s', (name) => {
    const index = names.indexOf(name);
    const fused = fusedSums(rewritten, index);
    expect(fused.filter((side) => side !== null)).toHaveLength(cases[name]![1]);
    expect(before[index]).toEqual(
      expected(
        original,
        index,
        fused.map(() => null),
      ),
    );
    expect(after[index]).toEqual(expected(original, index, fused));
  });
});

test('random functions give to the bit what the reference says, whose fused sums round once', async () => {
  const functions = Array.from({ length: 80 }, () => randomFunction((below) => Math.floor(next() * below)));
  const original = indexModule(moduleOfFunctions(functions));
  const { bytes, fused } = fuseMultiplyAdd(original);
  const rewritten = indexModule(bytes);
  const [before, after] = [await run(original.bytes, functions.length), await run(bytes, functions.length)];
  let rounded = 0;
  functions.forEach((_, index) => {
    const sums = fusedSums(rewritten, index);
    const none = sums.map(() => null);
    expect(before[index], `function ${index} as it was`).toEqual(expected(original, index, none));
    expect(after[index], `function ${index} with its sums fused`).toEqual(expected(original, index, sums));
    if (String(before[index]) !== String(after[index])) rounded++;
  });
  expect(fused).toBeGreaterThan(100);
  // Else nothing would tell that sums are fused.
  expect(rounded).toBeGreaterThan(10);
});

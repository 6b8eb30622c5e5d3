import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LaunchedBrowser, launchBrowser } from '../../../collectors/browser/launchBrowser.js';
import { decodeFunction } from '../../../src/wasm/decodeFunction.js';
import { indexModule } from '../../../src/wasm/indexModule.js';
import { countExecuted } from '../../../src/wasm/rewrite/countExecuted.js';
import { fuseMultiplyAdd } from '../../../src/wasm/rewrite/fuseMultiplyAdd.js';
import { leb, section, text, vector } from '../builder.js';

let launched: LaunchedBrowser;
let page: Page;

// Node 20 knows few of these features.
beforeAll(async () => {
  launched = await launchBrowser();
  page = await launched.browser.newPage();
});
afterAll(() => launched?.browser.close());

const VECTORS = 6;
/** Of whole numbers products are exact, so results are equal to the bit; a factor in a product's place would show. */
const from = Array.from({ length: 4 * VECTORS }, (_, i) => 2 + (i % 5));

/** What a module's function f0 makes of six vectors in its first memory, which its others begin with too. */
const run = (bytes: Uint8Array): Promise<number[]> =>
  page.evaluate(
    async ({ base64, from }) => {
      const { instance } = await WebAssembly.instantiate(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
      const exports = instance.exports as Record<string, CallableFunction> & Record<string, WebAssembly.Memory>;
      for (const name of ['memory', 'second']) if (exports[name]) new Float32Array(exports[name].buffer).set(from);
      exports.f0!(0);
      return [...new Float32Array(exports.memory!.buffer, 0, from.length)];
    },
    { base64: Buffer.from(bytes).toString('base64'), from },
  );

interface Made {
  /** Behind [i32] → [] and [] → []. */
  readonly types?: readonly (readonly number[])[];
  readonly memories?: readonly (readonly number[])[];
  readonly tags?: readonly (readonly number[])[];
  readonly functions: readonly {
    readonly type: number;
    readonly locals?: readonly number[][];
    readonly code: readonly number[];
  }[];
}

function moduleWith({ types = [], memories = [[0, 1]], tags = [], functions }: Made): Uint8Array {
  const bodies = functions.map(({ locals = [], code }) => {
    const body = [...vector(locals), ...code, 0x0b];
    return [...leb(body.length), ...body];
  });
  const names = ['memory', 'second'].slice(0, memories.length);
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([[0x60, 1, 0x7f, 0], [0x60, 0, 0], ...types])),
    ...section(3, vector(functions.map(({ type }) => [type]))),
    ...section(5, vector(memories)),
    ...(tags.length > 0 ? section(13, vector(tags)) : []),
    ...section(7, vector([[...text('f0'), 0, 0], ...names.map((name, i) => [...text(name), 2, i])])),
    ...section(10, vector(bodies)),
  ]);
}

const simd = (code: number): number[] => [0xfd, ...leb(code)];
const [ADD, MUL] = [simd(0xe4), simd(0xe6)];
/** Vectors are locals 1 to 6, behind the pointer. */
const vectors = [[VECTORS, 0x7b]];
const get = (name: string): number[] => [0x20, 1 + 'abcdef'.indexOf(name)];
const set = (name: string): number[] => [0x21, 1 + 'abcdef'.indexOf(name)];
const zero = [0x41, 0];
const load = (address: readonly number[] = zero, memory?: number): number[] =>
  Array.from({ length: VECTORS }, (_, i) => [
    ...address,
    ...simd(0),
    ...(memory === undefined ? [4] : [0x44, memory]),
    ...leb(16 * i),
    0x21,
    1 + i,
  ]).flat();
const store = (address: readonly number[] = zero): number[] =>
  Array.from({ length: VECTORS }, (_, i) => [...address, 0x20, 1 + i, ...simd(11), 4, ...leb(16 * i)]).flat();
const product = [...get('a'), ...get('b'), ...MUL];
const sum = [...product, ...get('c'), ...ADD, ...set('f')];
/** A product that a sum uses, a call that throws, and what would make the product's local another's. */
const thrown = [...product, ...set('e'), ...get('e'), ...get('c'), ...ADD, ...set('f'), 0x10, 1, ...get('c'), ...set('e')];
const throws = { type: 1, code: [0x08, 0] };

const modules: Readonly<Record<string, { readonly made: Made; readonly fused: number }>> = {
  'a handler that reads what a local held when something was thrown': {
    made: {
      tags: [[0, 1]],
      functions: [
        { type: 0, locals: vectors, code: [...load(), 0x02, 0x40, 0x1f, 0x40, 1, 2, 0, ...thrown, 0x0b, 0x0b, ...store()] },
        throws,
      ],
    },
    fused: 0,
  },
  'the same as exceptions were first': {
    made: {
      tags: [[0, 1]],
      functions: [{ type: 0, locals: vectors, code: [...load(), 0x06, 0x40, ...thrown, 0x19, 0x0b, ...store()] }, throws],
    },
    fused: 0,
  },
  'a product that no handler sees': {
    made: {
      tags: [[0, 1]],
      functions: [
        { type: 0, locals: vectors, code: [...load(), 0x02, 0x40, 0x1f, 0x40, 1, 2, 0, ...sum, 0x10, 1, 0x0b, 0x0b, ...store()] },
        throws,
      ],
    },
    fused: 1,
  },
  'a tail call': {
    made: {
      functions: [
        { type: 0, locals: vectors, code: [...load(), ...sum, ...store(), ...zero, 0x12, 1] },
        { type: 0, locals: vectors, code: [...load(), ...sum, ...store()] },
      ],
    },
    fused: 2,
  },
  'a memory of 64-bit addresses': {
    made: {
      memories: [[4, 1]],
      functions: [{ type: 0, locals: vectors, code: [...load([0x42, 0]), ...sum, ...store([0x42, 0])] }],
    },
    fused: 1,
  },
  'two memories': {
    made: {
      memories: [
        [0, 1],
        [0, 1],
      ],
      functions: [{ type: 0, locals: vectors, code: [...load(zero, 1), ...sum, ...store()] }],
    },
    fused: 1,
  },
  'garbage-collected structures': {
    made: {
      // A group of an array of structures and the structure, which has a number and a reference to the array.
      types: [[0x4e, 2, 0x5e, 0x63, 3, 1, 0x50, 0, 0x5f, 2, 0x7d, 1, 0x63, 2, 0]],
      functions: [
        {
          type: 0,
          locals: [...vectors, [1, 0x63, 3]],
          code: [
            ...load(),
            ...[0x43, 0, 0, 0x40, 0x40, 0xd0, 2, 0xfb, 0, 3, 0x21, 7],
            ...[...product, 0x20, 7, 0xfb, 2, 3, 0, ...simd(0x13), ...ADD, ...set('f')],
            ...store(),
          ],
        },
      ],
    },
    // Operators of structures end what is known of the stack.
    fused: 0,
  },
  'garbage-collected structures beside a sum': {
    made: {
      types: [[0x5f, 1, 0x78, 1]],
      functions: [{ type: 0, locals: vectors, code: [...load(), ...sum, ...zero, 0xfb, 0, 2, 0x1a, ...store()] }],
    },
    fused: 1,
  },
};

test.each(Object.entries(modules))('%s', async (_, { made, fused }) => {
  const original = moduleWith(made);
  const module = indexModule(original);
  const rewritten = fuseMultiplyAdd(module);
  expect(rewritten).toMatchObject({ fused, left: null });
  const results = await run(original);
  expect(results).not.toEqual(from);
  expect(await run(rewritten.bytes)).toEqual(results);
  expect(await run(countExecuted(module, 'x').bytes)).toEqual(results);
});

test('a function with an operator that is not known is left as it is, and said to be', () => {
  const unknown = [0xfc, 0x7f];
  const made = { functions: [sum, [...sum, ...unknown]].map((code) => ({ type: 0, locals: vectors, code })) };
  const module = indexModule(moduleWith(made));
  const rewritten = fuseMultiplyAdd(module);
  expect(rewritten).toMatchObject({ fused: 1, functions: 1, left: { functions: 1, why: expect.stringMatching(/at byte \d+/) } });
  const again = indexModule(rewritten.bytes);
  const bodyOf = ({ bytes, bodyStart, bodyBytes }: typeof module, i: number) =>
    bytes.subarray(bodyStart[i], bodyStart[i]! + bodyBytes[i]!);
  expect(bodyOf(again, 1)).toEqual(bodyOf(module, 1));
  expect(decodeFunction(again, 0).body.relaxed).toBe(1);
});

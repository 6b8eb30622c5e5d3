import type { PageFramework } from '../../../collectors/harness/page/framework.js';
import { leb, moduleOf, op } from '../../wasm/builder.js';

/**
 * Loops of different length. Where code happens to lie makes one loop up to half as slow again, for as long as the process lives; over so
 * many of them that evens out.
 */
const FUNCTIONS = 64;
/** Of each function per prediction. Some tens of milliseconds in all; V8 swaps in optimized code only when a function is called anew. */
const CALLS = 25;
/** That are added up per turn of the shortest loop: many, so that the check of the stack once a turn is little in either tier. */
const WORDS = 120;

/** Local 0 = 60,032, and 64 less: words stay where one access reaches them. */
const HIGHEST = [0x41, 0x80, 0xd5, 0x03, 0x21, 0];
const DOWN = [0x20, 0, 0x41, 0xc0, 0x00, 0x6b, 0x21, 0];

/** The sum of so many words from local 0 + 4 · from on, in pairs and pairs of pairs: no sum waits long for another, so a check of each address costs time. */
function sum(from: number, count: number): number[] {
  if (count === 1) return [0x20, 0, 0x28, 2, ...leb(4 * from)];
  const half = Math.floor(count / 2);
  return [...sum(from, half), ...sum(from + half, count - half), 0x6a];
}

/** A framework whose predictions are always the same work, however long it takes: loops that add up words of memory. */
export function fixedWork(): PageFramework {
  let runs: (() => void)[];
  return {
    load: async () => ({ version: '1' }),
    async setup() {
      const numbers = Array.from({ length: FUNCTIONS }, (_, i) => i);
      const functions = numbers.map((i) => {
        const store = [0x20, 0, ...sum(0, WORDS + (i % 16)), 0x36, 2, 0];
        // Before the loop, so that no switch moves all loops to better or worse places at once.
        const before = Array.from({ length: i % 13 }, () => op.store()).flat();
        return [...HIGHEST, ...before, ...op.loop(store, DOWN)];
      });
      const bytes = moduleOf({ functions, exports: Object.fromEntries(numbers.map((i) => [`run${i}`, i])) });
      const { instance } = await WebAssembly.instantiate(Uint8Array.from(bytes));
      runs = numbers.map((i) => instance.exports[`run${i}`] as () => void);
      return { threads: 1, note: null };
    },
    async predict() {
      for (const run of runs) for (let call = 0; call < CALLS; call++) run();
      return [];
    },
  };
}

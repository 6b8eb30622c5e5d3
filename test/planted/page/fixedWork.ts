import type { PageFramework } from '../../../collectors/harness/page/framework.js';
import { leb, moduleOf, op } from '../../wasm/builder.js';

/** Some tens of milliseconds in optimized code; V8 swaps that in only when a function is called anew. */
const CALLS = 150;
/** Of memory that a turn of the loop touches. */
const WORDS = 16;

/** Local 0 = 60,000: the highest address that one page of memory has room for. */
const HIGHEST = [0x41, ...[0xe0, 0xd4, 0x03], 0x21, 0];

/** Copies words: what the baseline tier does with more moves than the top tier. */
const copies = Array.from({ length: WORDS }, (_, i) => [0x20, 0, 0x20, 0, 0x2a, 2, ...leb(4 * i + 1024), 0x38, 2, ...leb(4 * i)]);

/** Adds up words, in pairs and pairs of pairs: no sum waits long for another, so a check of every address costs time. */
const sums = [[0x20, 0, ...sum(0, WORDS), 0x36, 2, 0]];

/** The sum of so many words from local 0 + 4 · from on. */
function sum(from: number, count: number): number[] {
  if (count === 1) return [0x20, 0, 0x28, 2, ...leb(4 * from)];
  return [...sum(from, count / 2), ...sum(from + count / 2, count / 2), 0x6a];
}

/** A framework whose predictions are always the same work, however long it takes: a loop over memory. */
const fixedWork = (work: readonly number[][]) => (): PageFramework => {
  let run: () => void;
  return {
    load: async () => ({ version: '1' }),
    async setup() {
      const bytes = moduleOf({ functions: [[...HIGHEST, ...op.loop(...work, op.count())]], exports: { run: 0 } });
      const { instance } = await WebAssembly.instantiate(Uint8Array.from(bytes));
      run = instance.exports.run as () => void;
      return { threads: 1, note: null };
    },
    async predict() {
      for (let call = 0; call < CALLS; call++) run();
      return [];
    },
  };
};

export const fixedCopies = fixedWork(copies);
export const fixedSums = fixedWork(sums);

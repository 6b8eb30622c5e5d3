import { customSection, moduleOf, op } from '../../wasm/builder.js';

/** Turns of a loop that takes some ten milliseconds: a chain of eight additions, each of which waits for the one before. */
const TURNS = { net_create: 10_000_000, net_run: 9_000_000, net_free: 100_000, encode: 4_000_000, decode: 5_000_000 };
const CHAIN = 8;

/** Local 0 = a number; its highest bit of seven is the sign. */
function setCounter(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const last = rest < 0x40;
    bytes.push((rest & 0x7f) | (last ? 0 : 0x80));
    if (last) return [0x41, ...bytes, 0x21, 0];
  }
}

/** The chain's end, at address 0: what nobody uses V8 does not compute. */
const KEEP = [...op.vectorStore(), 0x20, 0, 0x20, 1, 0x38, 2, 0];

/**
 * A module of functions that only compute. Modules of one layout cannot be told apart in a trace, so each has a section of another length
 * in front of its code.
 */
function computing(names: readonly (keyof typeof TURNS)[], add: () => number[], apart: number): Uint8Array {
  const chain = Array.from({ length: CHAIN }, add);
  return moduleOf({
    functions: names.map((name) => [...setCounter(TURNS[name]), ...op.loop(...chain, op.count()), ...KEEP]),
    exports: Object.fromEntries(names.map((name, i) => [name, i])),
    between: [customSection('apart', Array(apart).fill(0x78))],
  });
}

/** What the page of own code loads, by the names of the files. */
export const ownCodeModules: Readonly<Record<string, Uint8Array>> = {
  'net.wasm': computing(['net_create', 'net_run', 'net_free'], op.vectorFloat, 1),
  'tokenizer.wasm': computing(['encode'], op.float, 2),
  'codec.wasm': computing(['decode'], op.float, 3),
};

import { leb, section, text, vector } from '../../wasm/builder.js';

/** Operators per function: what a larger function of a framework has: what V8 does around each compilation is in no slice. */
const OPERATIONS = 1200;

/** A module of so many different functions, and an export `callAll` that calls each once. */
export function lazyModule(functions: number): Uint8Array<ArrayBuffer> {
  const bodies = Array.from({ length: functions }, (_, i) => bodyOf(operations(i)));
  const callAll = bodyOf(bodies.flatMap((_, i) => [0x10, ...leb(i)]));
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([[0x60, 0, 0]])),
    ...section(3, vector([...bodies, callAll].map(() => [0]))),
    ...section(7, vector([[...text('callAll'), 0, ...leb(functions)]])),
    ...section(10, vector([...bodies, callAll])),
  ]);
}

/** With a local of type f32. */
function bodyOf(operators: readonly number[]): number[] {
  const body = [1, 1, 0x7d, ...operators, 0x0b];
  return [...leb(body.length), ...body];
}

/** local 0 = local 0 · c + c, over and over, with another constant in each function. */
function operations(seed: number): number[] {
  const constant = [0x43, seed & 0xff, (seed >> 8) & 0xff, 0x80, 0x3f];
  const step = [0x20, 0, ...constant, 0x94, ...constant, 0x92, 0x21, 0];
  return Array.from({ length: OPERATIONS / 6 }, () => step).flat();
}

import { leb, section, text, vector } from '../builder.js';

/** A source of whole numbers below a bound. */
export type Choose = (below: number) => number;

/** A random function of vectors: its operators, and what running it comes to. */
export interface RandomFunction {
  /** Operators, without the last `end`. */
  readonly code: readonly number[];
  /** Vector float operators that one call executes. */
  readonly vectorFloats: number;
  /** How often each loop begins anew in one call, in the order of their `loop` operators. */
  readonly iterations: readonly number[];
}

/** Locals: 0 is a pointer, 1 to 3 are counters of loops, 4 to 9 are vectors. */
const VECTORS = 4;
const VECTOR_COUNT = 6;
const MAX_DEPTH = 3;

const simd = (code: number): number[] => [0xfd, ...leb(code)];
const NEG = simd(0xe1);
const ADD = simd(0xe4);
const SUB = simd(0xe5);
const MUL = simd(0xe6);
const MIN = simd(0xe8);
const MAX = simd(0xe9);

/** Whole numbers of at most 4: sums of products of them are exact, fused or not, so that results are equal bit by bit. */
const splat = (value: number): number[] => [0x43, ...new Uint8Array(new Float32Array([value]).buffer), ...simd(0x13)];

/**
 * Statements over six vectors: expressions with products through the stack and through locals, loops, branches, and blocks that are left early.
 */
export function randomFunction(choose: Choose): RandomFunction {
  const iterations: number[] = [];
  const vector = (): number => VECTORS + choose(VECTOR_COUNT);

  /** A value on the stack, and how many vector float operators make it. */
  const expression = (depth: number): { code: number[]; floats: number } => {
    const kind = depth === 0 ? 0 : choose(9);
    if (kind === 0) return { code: [0x20, vector()], floats: 0 };
    if (kind === 1) {
      const value = expression(depth - 1);
      return { code: [...value.code, ...NEG], floats: value.floats + 1 };
    }
    if (kind === 2) {
      const value = expression(depth - 1);
      return { code: [...value.code, 0x22, vector()], floats: value.floats };
    }
    if (kind === 3) {
      const value = expression(depth - 1);
      return { code: [...value.code, 0x41, choose(3), 0x1a, 0x01], floats: value.floats };
    }
    const left = expression(depth - 1);
    const right = expression(depth - 1);
    const operator = [ADD, SUB, MUL, ADD, MUL][kind - 4]!;
    return { code: [...left.code, ...right.code, ...operator], floats: left.floats + right.floats + 1 };
  };
  /** Keeps every vector small, at the end of what sets some. */
  const clamped = (): { code: number[]; floats: number } => {
    const code: number[] = [];
    for (let i = 0; i < VECTOR_COUNT; i++) {
      code.push(0x20, VECTORS + i, ...splat(-4), ...MAX, ...splat(4), ...MIN, 0x21, VECTORS + i);
    }
    return { code, floats: 2 * VECTOR_COUNT };
  };
  const assignments = (): { code: number[]; floats: number } => {
    const code: number[] = [];
    let floats = 0;
    for (let left = 1 + choose(4); left > 0; left--) {
      const value = expression(1 + choose(2));
      code.push(...value.code, 0x21, vector());
      floats += value.floats;
      // Products of sums of products would leave the exact numbers.
      if (choose(2) === 0) {
        const small = clamped();
        code.push(...small.code);
        floats += small.floats;
      }
    }
    const small = clamped();
    return { code: [...code, ...small.code], floats: floats + small.floats };
  };
  /** @param times how often this runs in one call */
  const statement = (depth: number, times: number): { code: number[]; floats: number } => {
    const kind = depth === MAX_DEPTH ? 0 : choose(5);
    if (kind === 1) {
      const trips = 1 + choose(4);
      const position = iterations.push(trips * times) - 1;
      const body = statements(depth + 1, times * trips);
      iterations[position] = trips * times;
      const counter = 1 + depth;
      return {
        code: [
          ...[0x41, trips, 0x21, counter, 0x03, 0x40, ...body.code],
          ...[0x20, counter, 0x41, 1, 0x6b, 0x22, counter, 0x0d, 0, 0x0b],
        ],
        floats: body.floats,
      };
    }
    if (kind === 2) {
      const taken = choose(2);
      const then = statements(depth + 1, taken * times);
      const otherwise = statements(depth + 1, (1 - taken) * times);
      return {
        code: [0x41, taken, 0x04, 0x40, ...then.code, 0x05, ...otherwise.code, 0x0b],
        floats: then.floats + otherwise.floats,
      };
    }
    if (kind === 3) {
      const left = choose(2);
      const before = statements(depth + 1, times);
      const after = statements(depth + 1, (1 - left) * times);
      return {
        code: [0x02, 0x40, ...before.code, 0x41, left, 0x0d, 0, ...after.code, 0x0b],
        floats: before.floats + after.floats,
      };
    }
    if (kind === 4) {
      const before = statements(depth + 1, times);
      const known = iterations.length;
      const dead = statements(depth + 1, 0);
      // Nothing can reach them, so no counter stands there.
      iterations.length = known;
      return { code: [0x02, 0x40, ...before.code, 0x0c, 0, ...dead.code, 0x0b], floats: before.floats };
    }
    const once = assignments();
    return { code: once.code, floats: once.floats * times };
  };
  const statements = (depth: number, times: number): { code: number[]; floats: number } => {
    const parts = Array.from({ length: 1 + choose(3) }, () => statement(depth, times));
    return { code: parts.flatMap(({ code }) => code), floats: parts.reduce((sum, { floats }) => sum + floats, 0) };
  };

  const body = statements(0, 1);
  const load = Array.from({ length: VECTOR_COUNT }, (_, i) => [0x20, 0, ...simd(0), 4, ...leb(16 * i), 0x21, VECTORS + i]);
  const store = Array.from({ length: VECTOR_COUNT }, (_, i) => [0x20, 0, 0x20, VECTORS + i, ...simd(11), 4, ...leb(16 * i)]);
  return { code: [...load.flat(), ...body.code, ...store.flat()], vectorFloats: body.floats, iterations };
}

/** A module with these functions, exported as f0, f1, …: each takes a pointer to six vectors, and changes them. The memory is exported as `memory`. */
export function moduleOfFunctions(functions: readonly RandomFunction[]): Uint8Array {
  const bodies = functions.map(({ code }) => {
    const body = [2, 3, 0x7f, VECTOR_COUNT, 0x7b, ...code, 0x0b];
    return [...leb(body.length), ...body];
  });
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([[0x60, 1, 0x7f, 0]])),
    ...section(3, vector(functions.map(() => [0]))),
    ...section(5, vector([[0, 1]])),
    ...section(7, vector([...functions.map((_, i) => [...text(`f${i}`), 0, ...leb(i)]), [...text('memory'), 2, 0]])),
    ...section(10, vector(bodies)),
  ]);
}

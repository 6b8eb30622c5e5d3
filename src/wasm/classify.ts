import type { FunctionCode, Loop } from './functionCode.js';
import { type InstructionClass, instructionTitles, type Mix } from './mix.js';

/** What a function's time is spent on, as far as its code tells. */
export interface FunctionClass {
  readonly class: FunctionClassName;
  /** One line: the numbers that decided. Holds no text from the module. */
  readonly evidence: string;
}

export type FunctionClassName = WorkClass | 'spin' | 'wait' | 'unknown';

/** Classes of code that works, of which one function may hold several. */
export type WorkClass = 'simd128' | 'relaxed' | 'scalar' | 'atomic' | 'copy';

/** Whether code of a class works: the others wait, or nothing is known of them. */
export const isWork = (name: FunctionClassName): name is WorkClass => name !== 'spin' && name !== 'wait' && name !== 'unknown';

/** What a reader calls the classes. */
export const classTitles: Readonly<Record<FunctionClassName, string>> = {
  simd128: 'vector',
  relaxed: 'relaxed vector',
  scalar: 'scalar',
  atomic: 'atomic',
  copy: 'copying',
  spin: 'polling',
  wait: 'waiting',
  unknown: 'unknown',
};

/** What a lock-prefixed instruction costs where an addition costs 1: about 20 cycles on x86 (Agner Fog, *Instruction tables*: lock xadd, cmpxchg). */
export const atomicCost = 20;

/**
 * Gives a function one class, by the first rule that holds. Its *hot* instructions are those that were executed, where that was
 * counted; else those of its innermost loops (see hotMix), of the whole body where it has none. *Vector* are all SIMD and relaxed instructions, loads and stores included; *arithmetic* is float
 * or vector, without loads and stores: integers beside it are addresses and loop control, and decide nothing.
 *
 * - `unknown`: could not be decoded to its end.
 * - `wait`: holds memory.atomic.wait, no vector instruction, and at most 8 float operations and memory accesses for each atomic or wait.
 * - `spin`: waits busily. At least one innermost loop does nothing but poll (an atomic load, no other access to memory but atomics, no
 *   call), every innermost loop touches atomics, no loop holds arithmetic, and atomics are a tenth of all accesses to memory or more
 *   and not less than the arithmetic of the body. The last two keep out a function that takes a lock and then works.
 * - `copy`: hot are memory.copy, fill or init, with at most 8 other accesses each, fewer atomics than those, and no call; or every
 *   innermost loop loads and stores (a third or more are stores) with at most 3 integer operations, two pointers and a counter, and
 *   without atomics and calls. No arithmetic in either.
 *   A loop that computes for each element where it comes from (im2col, transposition, gather) is `scalar` or `simd128`.
 * - `relaxed`: as `simd128`, with relaxed SIMD among it.
 * - `simd128`: hot are vector instructions, at least as many as scalar float operations, loads and stores.
 * - `atomic`: atomics (other than loads, each counted as 20 operations) weigh as much as all the other hot operations.
 * - `scalar`: all else.
 *
 * @param executed operators that were executed, by class; null if that was not counted
 *
 * Known limits: without counts code does not tell which path is taken, so a vector loop beside a scalar one of the same depth (its
 * remainder, or a fallback) counts like it; a lock whose fast path is in the function and whose polling is in a callee, or a lock that polls by
 * exchange without loading, is `atomic` or `scalar`. What threads do in it tells more.
 */
export function classify(given: FunctionCode, executed: Mix | null = null): FunctionClass {
  const code = executed ? { ...given, hot: executed } : given;
  if (code.unknown !== null) return { class: 'unknown', evidence: `not decoded: ${code.unknown}` };
  const innermost = code.loops.filter((loop) => loop.innermost);
  const polling = innermost.filter(polls);
  const where = innermost.length > 0 ? 'innermost loops' : 'whole body (no loops)';
  if (waits(code)) {
    return {
      class: 'wait',
      evidence: `whole body: ${list(code.body, ['wait', 'atomicLoad', 'atomic', 'scalarFloat', 'load', 'store'])}, no vector instruction`,
    };
  }
  if (spins(code, innermost, polling)) {
    const counts = list(code.hot, ['atomicLoad', 'atomic', 'load', 'store', 'scalarInt']);
    return {
      class: 'spin',
      evidence: `${polling.length} of ${innermost.length} innermost loops only poll: ${counts}, no float or vector arithmetic in any loop`,
    };
  }
  const evidence = executed ? `executed: ${shares(executed, shown)}` : `${where}: ${list(code.hot, shown)}`;
  return { class: workClass(code.hot, innermost), evidence };
}

/**
 * The class of code that works, by the last five rules of `classify`.
 * @param hot its instructions: of code, or as they were executed
 * @param innermost the innermost loops among it
 */
export function workClass(hot: Mix, innermost: readonly Loop[]): WorkClass {
  if (copies(hot, innermost)) return 'copy';
  const vector = sum(hot, vectorClasses);
  if (vector > 0 && vector >= sum(hot, ['scalarFloat', 'load', 'store'])) return hot.relaxed > 0 ? 'relaxed' : 'simd128';
  const others = sum(hot, [...vectorClasses, 'scalarFloat', 'scalarInt', 'load', 'store', 'atomicLoad', 'call']);
  return hot.atomic > 0 && hot.atomic * atomicCost >= others ? 'atomic' : 'scalar';
}

const arithmetic: readonly InstructionClass[] = ['scalarFloat', 'simdFloat', 'simdInt', 'simdOther', 'relaxed'];
const vectorClasses: readonly InstructionClass[] = ['simdFloat', 'simdInt', 'simdLoad', 'simdStore', 'simdOther', 'relaxed'];
const atomics: readonly InstructionClass[] = ['atomicLoad', 'atomic'];
const accesses: readonly InstructionClass[] = ['load', 'store', 'simdLoad', 'simdStore', 'bulkMemory'];
const shown: readonly InstructionClass[] = [
  'relaxed',
  'simdFloat',
  'simdInt',
  'simdOther',
  'simdLoad',
  'simdStore',
  'scalarFloat',
  'load',
  'store',
  'bulkMemory',
  'atomicLoad',
  'atomic',
  'scalarInt',
  'call',
];

/** Whether instructions compute: integers beside vectors and floats are addresses and loop control, and may be so alone. */
export const hasArithmetic = (mix: Mix): boolean => sum(mix, arithmetic) > 0;

/** Whether the hot instructions neither compute nor reach memory, other than by atomics. */
export const computesNothing = ({ hot }: FunctionCode): boolean => sum(hot, [...arithmetic, ...accesses]) === 0;

function waits({ body }: FunctionCode): boolean {
  if (body.wait === 0 || sum(body, vectorClasses) > 0) return false;
  return sum(body, [...accesses, 'scalarFloat']) <= 8 * (body.wait + sum(body, atomics));
}

function polls({ own }: Loop): boolean {
  // Not any atomic: a lone compare-exchange in a loop is the retry of a lock-free update, in the middle of work.
  return own.atomicLoad > 0 && sum(own, [...accesses, ...arithmetic, 'call']) === 0;
}

function spins({ body, inLoops }: FunctionCode, innermost: readonly Loop[], polling: readonly Loop[]): boolean {
  if (polling.length === 0 || sum(inLoops, arithmetic) > 0) return false;
  if (innermost.some(({ own }) => sum(own, atomics) === 0)) return false;
  const atomic = sum(body, atomics);
  return atomic >= sum(body, arithmetic) && 9 * atomic >= sum(body, accesses);
}

function copies(hot: Mix, innermost: readonly Loop[]): boolean {
  if (sum(hot, [...arithmetic, 'call']) > 0) return false;
  const atomic = sum(hot, atomics);
  if (hot.bulkMemory > 0) return atomic < hot.bulkMemory && atomic + sum(hot, accesses) <= 9 * hot.bulkMemory;
  return atomic === 0 && innermost.length > 0 && innermost.every(({ own }) => own.scalarInt <= 3 && storesOften(own));
}

function storesOften(mix: Mix): boolean {
  const stores = mix.store + mix.simdStore;
  return stores > 0 && 3 * stores >= sum(mix, accesses);
}

function sum(mix: Mix, classes: readonly InstructionClass[]): number {
  return classes.reduce((total, name) => total + mix[name], 0);
}

/** The parts of what was executed that are not zero, in percent of all these operators. */
function shares(mix: Mix, classes: readonly InstructionClass[]): string {
  const all = sum(mix, classes);
  return classes
    .map((name) => ({ name, percent: all === 0 ? 0 : Math.round((1000 * mix[name]) / all) / 10 }))
    .filter(({ percent }) => percent > 0)
    .map(({ name, percent }) => `${percent} % ${instructionTitles[name]}`)
    .join(', ');
}

/** The counts that are not zero, and that of scalar float always: its absence tells as much as its presence. */
function list(mix: Mix, classes: readonly InstructionClass[]): string {
  return classes
    .map((name) => ({ name, count: Math.round(mix[name] * 10) / 10 }))
    .filter(({ name, count }) => count > 0 || name === 'scalarFloat')
    .map(({ name, count }) => `${count} ${instructionTitles[name]}`)
    .join(', ');
}

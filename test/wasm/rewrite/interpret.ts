import type { WasmModule } from '../../../src/wasm/module.js';
import { readBody } from '../../../src/wasm/rewrite/functionBody.js';
import { fusedMultiplyAdd } from './exactFloat.js';

/** Four floats; of a product also what was multiplied, as only that may be fused. */
interface Vector {
  readonly lanes: readonly number[];
  readonly factors: readonly [readonly number[], readonly number[]] | null;
}
type Value = number | Vector;

/** Which sums of a function take a product with them, by their order in its code. */
export type FusedSums = readonly (null | 'left' | 'right')[];

/** The sums of a rewritten function, in the order of those in the function as it was. */
export function fusedSums(module: WasmModule, index: number): FusedSums {
  const { operators } = readBody(module, index);
  return operators.flatMap(({ name }, at): FusedSums => {
    if (/^f32x4\.(add|sub)$/.test(name)) return [null];
    if (!/^f32x4\.relaxed_n?madd$/.test(name)) return [];
    const begin = operators.slice(0, at).findLastIndex((each) => each.name === 'drop');
    return [operators[begin - 1]?.name === 'local.set' && operators[begin + 1]?.name === 'local.get' ? 'left' : 'right'];
  });
}

/**
 * Runs a function of random modules (locals: a pointer, three numbers, six vectors) by the specification alone, on six vectors in
 * memory. Every sum rounds its product first, but for those that are said to be fused: they round once.
 * @throws Error where a sum that is said to be fused has no product at that side when it runs
 */
export function interpret(module: WasmModule, index: number, fused: FusedSums, memory: Float32Array): void {
  const { operators } = readBody(module, index);
  const { bytes } = module;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const locals: Value[] = [0, 0, 0, 0, ...Array.from({ length: 6 }, () => plain([0, 0, 0, 0]))];
  const stack: Value[] = [];
  const sums = new Map(
    operators.filter(({ name }) => /^f32x4\.(add|sub)$/.test(name)).map(({ at }, i) => [at, fused[i] ?? null]),
  );
  const number = (): number => stack.pop() as number;
  const vector = (): Vector => stack.pop() as Vector;
  const lanewise = (of: (left: number, right: number) => number): void => {
    const [right, left] = [vector(), vector()];
    stack.push(plain(left.lanes.map((lane, i) => Math.fround(of(lane, right.lanes[i]!)))));
  };
  const ends = matching(operators.map(({ name }) => name));
  const open: number[] = [];
  /** Goes to the start of a loop or behind the end of a block. @returns where it goes on */
  const branch = (depth: number): number => {
    const target = open.at(-1 - depth);
    if (target === undefined) return operators.length;
    if (operators[target]!.name === 'loop') {
      open.length -= depth;
      return target + 1;
    }
    open.length -= depth + 1;
    return ends.get(target)!.end + 1;
  };
  for (let at = 0; at < operators.length; ) {
    const { name, operator, at: offset, end } = operators[at]!;
    const local = operator.localIndex!;
    let next = at + 1;
    if (name === 'local.get') stack.push(locals[local]!);
    else if (name === 'local.set') locals[local] = stack.pop()!;
    else if (name === 'local.tee') locals[local] = stack.at(-1)!;
    else if (name === 'drop') stack.pop();
    else if (name === 'i32.const') stack.push(bytes[offset + 1]! & 0x40 ? bytes[offset + 1]! - 0x80 : bytes[offset + 1]!);
    else if (name === 'i32.sub') stack.push(-number() + number());
    else if (name === 'f32.const') stack.push(view.getFloat32(offset + 1, true));
    else if (name === 'f32x4.splat') stack.push(plain(Array(4).fill(number())));
    else if (name === 'v128.load') stack.push(plain([...memory.subarray((number() + bytes[end - 1]!) / 4).subarray(0, 4)]));
    else if (name === 'v128.store') {
      const { lanes } = vector();
      memory.set(lanes, (number() + bytes[end - 1]!) / 4);
    } else if (name === 'f32x4.neg') stack.push(plain(vector().lanes.map((lane) => -lane)));
    else if (name === 'f32x4.min') lanewise(Math.min);
    else if (name === 'f32x4.max') lanewise(Math.max);
    else if (name === 'f32x4.mul') {
      const [right, left] = [vector(), vector()];
      const lanes = left.lanes.map((lane, i) => Math.fround(lane * right.lanes[i]!));
      stack.push({ lanes, factors: [left.lanes, right.lanes] });
    } else if (name === 'f32x4.add' || name === 'f32x4.sub') {
      const side = sums.get(offset) ?? null;
      const sign = name === 'f32x4.sub' ? -1 : 1;
      if (side === null) lanewise((left, right) => left + sign * right);
      else {
        const [right, left] = [vector(), vector()];
        const { factors } = side === 'left' ? left : right;
        if (!factors) throw new Error(`The sum at ${offset} is fused with what is no product.`);
        const [first, second] = factors;
        stack.push(
          plain(
            first.map((lane, i) =>
              side === 'left'
                ? fusedMultiplyAdd(lane, second[i]!, sign * right.lanes[i]!)
                : fusedMultiplyAdd(sign * lane, second[i]!, left.lanes[i]!),
            ),
          ),
        );
      }
    } else if (name === 'block' || name === 'loop') open.push(at);
    else if (name === 'if') {
      const { otherwise, end: close } = ends.get(at)!;
      open.push(at);
      if (number() === 0) {
        if (otherwise === null) open.pop();
        next = (otherwise ?? close) + 1;
      }
    } else if (name === 'else') next = branch(0);
    else if (name === 'br') next = branch(operator.brDepth!);
    else if (name === 'br_if') {
      if (number() !== 0) next = branch(operator.brDepth!);
    } else if (name === 'end') open.pop();
    else if (name !== 'nop') throw new Error(`The interpreter does not know ${name}.`);
    at = next;
  }
}

const plain = (lanes: readonly number[]): Vector => ({ lanes, factors: null });

/** Per operator that opens a block, where its else and its end are. */
function matching(names: readonly string[]): Map<number, { otherwise: number | null; end: number }> {
  const found = new Map<number, { otherwise: number | null; end: number }>();
  const open: number[] = [];
  names.forEach((name, at) => {
    if (name === 'block' || name === 'loop' || name === 'if') {
      open.push(at);
      found.set(at, { otherwise: null, end: names.length });
    } else if (name === 'else') {
      found.get(open.at(-1)!)!.otherwise = at;
    } else if (name === 'end' && open.length > 0) {
      found.get(open.pop()!)!.end = at;
    }
  });
  return found;
}

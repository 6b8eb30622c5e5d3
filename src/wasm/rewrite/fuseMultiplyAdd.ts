import { u32 } from '../encode.js';
import { WasmError } from '../error.js';
import type { WasmModule } from '../module.js';
import { type BodyOperator, type Edit, type FunctionBody, readBody, writeBody } from './functionBody.js';
import { stackEffect } from './stackEffect.js';
import { writeModule } from './writeModule.js';

/** A module whose multiply-adds are fused, and how many are. */
export interface FusedModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Vector additions and subtractions of floats, in the functions that multiply vectors too. */
  readonly additions: number;
  /** Those that take a product with them now. */
  readonly fused: number;
  /** Functions with one. */
  readonly functions: number;
  /** Functions that are left as they are, as they hold what is not known here; null if there is none. */
  readonly left: { readonly functions: number; readonly why: string } | null;
}

/**
 * Rewrites vector multiplications whose only uses are additions and subtractions into relaxed multiply-adds, through the stack and
 * through locals, within straight code: `a × b + c`, `c + a × b`, `c − a × b`, and `a × b − c` (with c negated). Results differ by
 * the rounding of the product, which a fused operation does not have.
 * Relaxed SIMD: https://github.com/WebAssembly/relaxed-simd/blob/main/proposals/relaxed-simd/Overview.md
 * A function that cannot be read is left as it is.
 * @throws WasmError for bytes that are no module
 */
export function fuseMultiplyAdd(module: WasmModule): FusedModule {
  const bodies = new Map<number, Uint8Array>();
  let additions = 0;
  let fused = 0;
  const unread: WasmError[] = [];
  for (let defined = 0; defined < module.bodyStart.length; defined++) {
    if (!mayMultiply(module, defined)) continue;
    const body = readable(module, module.importedFunctions + defined, unread);
    if (!body) continue;
    const { products, sums } = followProducts(module, body);
    additions += sums;
    if (products.length === 0) continue;
    const { edits, locals } = editsOf(products, body.locals);
    fused += products.reduce((count, { uses }) => count + uses.length, 0);
    bodies.set(defined, writeBody(module, body, edits, locals));
  }
  const left =
    unread.length > 0 ? { functions: unread.length, why: `${unread[0]!.reason} (at byte ${unread[0]!.offset})` } : null;
  return { bytes: writeModule(module, { bodies }), additions, fused, functions: bodies.size, left };
}

/** @param unread takes why it is not read, where it is not */
function readable(module: WasmModule, index: number, unread: WasmError[]): FunctionBody | null {
  try {
    return readBody(module, index);
  } catch (error) {
    if (!(error instanceof WasmError)) throw error;
    unread.push(error);
    return null;
  }
}

/** Operators of each float shape: prefix 0xfd and these numbers. */
const shapes = {
  f32x4: { neg: [0xfd, 0xe1, 0x01], madd: [0xfd, 0x85, 0x02], nmadd: [0xfd, 0x86, 0x02] },
  f64x2: { neg: [0xfd, 0xed, 0x01], madd: [0xfd, 0x87, 0x02], nmadd: [0xfd, 0x88, 0x02] },
} as const;

type Shape = keyof typeof shapes;

/** A vector product, while its uses are followed. */
interface Product {
  readonly shape: Shape;
  readonly at: BodyOperator;
  /** Position of its operator in the body, and of the last use. */
  readonly from: number;
  to: number;
  readonly uses: Use[];
  /** Locals that hold it where a block of straight code ends. */
  readonly heldIn: Set<number>;
  /** Whether something other than a sum uses it, or might. */
  escapes: boolean;
}

interface Use {
  readonly at: BodyOperator;
  readonly subtracts: boolean;
  /** Whether the product is the right operand. */
  readonly right: boolean;
}

/** A value of the stack or of a local: only products are told apart. */
type Value = Product | null;

const operatorOfShape = /^(f32x4|f64x2)\.(mul|add|sub)$/;

/** Follows values through straight code. Where control may go elsewhere, all that is known ends. */
function followProducts(module: WasmModule, { operators }: FunctionBody): { products: readonly Product[]; sums: number } {
  const products: Product[] = [];
  /** Locals that some block reads before it has set them: what another block left there may be used. */
  const readFromBefore = new Set<number>();
  let stack: Value[] = [];
  let locals = new Map<number, Value>();
  let sums = 0;
  const catches = operators.some(({ name }) => name === 'try' || name === 'try_table');
  const used = (value: Value | undefined): void => {
    if (value) value.escapes = true;
  };
  const hold = (): void => {
    for (const [local, value] of locals) value?.heldIn.add(local);
  };
  const endBlock = (): void => {
    stack.forEach(used);
    hold();
    stack = [];
    locals = new Map();
  };
  operators.forEach((at, position) => {
    const { name, operator } = at;
    const local = operator.localIndex;
    if (name === 'local.get') {
      if (!locals.has(local!)) readFromBefore.add(local!);
      stack.push(locals.get(local!) ?? null);
      return;
    }
    if (name === 'local.set' || name === 'local.tee') {
      const value = (name === 'local.set' ? stack.pop() : stack.at(-1)) ?? null;
      locals.set(local!, value);
      return;
    }
    if (name === 'drop') {
      stack.pop();
      return;
    }
    const matched = operatorOfShape.exec(name);
    const shape = matched?.[1] as Shape | undefined;
    if (shape && matched![2] === 'mul') {
      used(stack.pop());
      used(stack.pop());
      const product: Product = {
        shape,
        at,
        from: position,
        to: position,
        uses: [],
        heldIn: new Set(),
        escapes: false,
      };
      products.push(product);
      stack.push(product);
      return;
    }
    if (shape) {
      sums++;
      const right = stack.pop() ?? null;
      const left = stack.pop() ?? null;
      const chosen = [right, left].find((value) => value?.shape === shape && left !== right);
      for (const value of [left, right]) if (value !== chosen) used(value);
      if (chosen) {
        chosen.uses.push({ at, subtracts: matched![2] === 'sub', right: chosen === right });
        chosen.to = position;
      } else if (left === right) {
        used(left);
      }
      stack.push(null);
      return;
    }
    const effect = stackEffect(name, operator, module);
    if (!effect) {
      endBlock();
      return;
    }
    // What is called may throw, and who catches it may read what locals hold now.
    if (catches && name.startsWith('call')) hold();
    for (let i = 0; i < effect.pops; i++) used(stack.pop());
    for (let i = 0; i < effect.pushes; i++) stack.push(null);
  });
  endBlock();
  const lost = ({ heldIn }: Product) => [...heldIn].some((local) => readFromBefore.has(local));
  return { products: products.filter((product) => !product.escapes && product.uses.length > 0 && !lost(product)), sums };
}

/**
 * The two factors are kept in locals where the product was, and the first stands in for it, so that all that moves the product goes
 * on to do so; the sum throws it away. Compilers see through locals, so none of this costs time.
 */
function editsOf(products: readonly Product[], firstLocal: number): { edits: Edit[]; locals: number } {
  const edits: Edit[] = [];
  const set = (local: number) => [0x21, ...u32(local)];
  const get = (local: number) => [0x20, ...u32(local)];
  const other = firstLocal;
  /** Per pair of locals, the operator up to which it is taken. */
  const taken: number[] = [];
  for (const { shape, at, from, to, uses } of products) {
    const free = taken.findIndex((until) => until < from);
    const pair = free < 0 ? taken.length : free;
    taken[pair] = to;
    const first = firstLocal + 1 + 2 * pair;
    const second = first + 1;
    edits.push({ at: at.at, end: at.end, bytes: [...set(second), ...set(first), ...get(first)] });
    const { neg, madd, nmadd } = shapes[shape];
    for (const { at: sum, subtracts, right } of uses) {
      const taking = right ? [0x1a, ...set(other)] : [...set(other), 0x1a];
      const addend = subtracts && !right ? [...get(other), ...neg] : get(other);
      edits.push({
        at: sum.at,
        end: sum.end,
        bytes: [...taking, ...get(first), ...get(second), ...addend, ...(subtracts && right ? nmadd : madd)],
      });
    }
  }
  return { edits, locals: 1 + 2 * taken.length };
}

/** Whether a body has bytes that may be a vector multiplication of floats: most functions of a module have none, and are not decoded. */
function mayMultiply({ bytes, bodyStart, bodyBytes }: WasmModule, defined: number): boolean {
  const start = bodyStart[defined]!;
  const end = start + bodyBytes[defined]! - 1;
  for (let at = start; at < end; at++) {
    if (bytes[at] !== 0xfd) continue;
    const number = bytes[at + 1];
    if (number === 0xe6 || number === 0xf2) return true;
  }
  return false;
}

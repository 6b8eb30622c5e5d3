import type { IOperatorInformation } from 'wasmparser';
import type { WasmModule } from '../module.js';

/** How many values an operator takes from the stack, and how many it puts there. */
export interface StackEffect {
  readonly pops: number;
  readonly pushes: number;
}

/**
 * The first pattern that an operator's name matches gives what it takes and gives; the order matters. What matches none is control
 * flow, or belongs to a feature that is not followed here.
 * Source: https://webassembly.github.io/spec/core/appendix/index-instructions.html
 */
const patterns: readonly (readonly [RegExp, number, number])[] = [
  [/^(nop|atomic\.fence|data\.drop|elem\.drop)$/, 0, 0],
  [/\.const$|^(local|global)\.get$|^(memory|table)\.size$|^ref\.(null|func)$/, 0, 1],
  [/^(local|global)\.set$|^drop$/, 1, 0],
  [/^local\.tee$|^(memory\.grow|table\.get|ref\.is_null)$/, 1, 1],
  [/^select$|bitselect$|\.relaxed_(n?madd|laneselect|dot_i8x16_i7x16_add_s)$|^memory\.atomic\.wait|\.cmpxchg(_u)?$/, 3, 1],
  [/^(memory|table)\.(copy|init|fill)$/, 3, 0],
  [/^table\.set$|\.store/, 2, 0],
  [/\.load\d*_lane$|^table\.grow$|^memory\.atomic\.notify$|\.rmw/, 2, 1],
  [/\.load/, 1, 1],
  [/\.(splat|extract_lane|extract_lane_[su]|not|any_true|all_true|bitmask)$/, 1, 1],
  [/^[if]\d+(x\d+)?[._](eqz|clz|ctz|popcnt|abs|neg|ceil|floor|trunc|nearest|sqrt)$/, 1, 1],
  [/\.(extend|extadd|wrap|convert|demote|promote|reinterpret|trunc_|relaxed_trunc)/, 1, 1],
  [/^([if](32|64)|[if]\d+x\d+|v128)\./, 2, 1],
];

/**
 * @returns null where the effect is not known, or where control may go elsewhere. Calls are known where the module's
 * signatures are.
 */
export function stackEffect(name: string, operator: IOperatorInformation, module: WasmModule): StackEffect | null {
  if (name === 'call' || name === 'call_indirect') {
    const type = name === 'call' ? module.functionTypes[operator.funcIndex!] : operator.typeIndex;
    const signature = type === undefined ? undefined : module.signatures?.[type];
    // An indirect call takes the function's place in the table, too.
    return signature ? { pops: signature.params + (name === 'call' ? 0 : 1), pushes: signature.results } : null;
  }
  return byName(name);
}

const known = new Map<string, StackEffect | null>();

function byName(name: string): StackEffect | null {
  let effect = known.get(name);
  if (effect === undefined) {
    const found = patterns.find(([pattern]) => pattern.test(name));
    effect = found ? { pops: found[1], pushes: found[2] } : null;
    known.set(name, effect);
  }
  return effect;
}

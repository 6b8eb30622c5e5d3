import { OperatorCodeNames } from 'wasmparser';
import type { InstructionClass } from './mix.js';

/** What is known of an operator by its code, wasmparser's number of it. Names, classes and features come from wasmparser's own table. */
export function operatorOf(code: number): Operator {
  const known = operators.get(code);
  if (known) return known;
  const operator = describe(code);
  operators.set(code, operator);
  return operator;
}

/** An operator, as far as it matters here. */
export interface Operator {
  readonly name: string;
  readonly class: InstructionClass;
  /** The feature beyond WebAssembly 1.0 that it belongs to, by the names of https://webassembly.org/features/; null if none. */
  readonly feature: WasmFeature | null;
}

export type WasmFeature = (typeof wasmFeatures)[number];

export const wasmFeatures = [
  'simd128',
  'relaxed-simd',
  'threads',
  'bulk-memory',
  'memory64',
  'multi-memory',
  'exceptions',
  'tail-call',
  'reference-types',
  'gc',
  'sign-extension',
  'saturating-float-to-int',
] as const;

/** The first pattern that an operator's name matches gives its class; the order matters. */
const classPatterns: readonly (readonly [RegExp, InstructionClass])[] = [
  [/\.relaxed_/, 'relaxed'],
  [/^memory\.atomic\.wait/, 'wait'],
  [/atomic\.load/, 'atomicLoad'],
  [/atomic/, 'atomic'],
  [/^(memory|array)\.(copy|fill|init)/, 'bulkMemory'],
  [/^[if](32|64)\.load|^(struct|array)\.get/, 'load'],
  [/^[if](32|64)\.store|^(struct|array)\.set/, 'store'],
  [/\.load/, 'simdLoad'],
  [/\.store/, 'simdStore'],
  [/\.(const|reinterpret)/, 'other'],
  [/x\d+\.(shuffle|swizzle|splat|extract_lane|replace_lane)|bitselect/, 'simdOther'],
  [/^f\d+x\d|^i\d+x\d+\.trunc_sat_f/, 'simdFloat'],
  [/^(i\d+x\d|v128)/, 'simdInt'],
  [/^f(32|64)\.|^i(32|64)\.trunc/, 'scalarFloat'],
  [/^i(32|64)\./, 'scalarInt'],
  [/call/, 'call'],
  [/^(unreachable|nop|block|loop|if|else|end|br|return|try|catch|throw|rethrow|delegate)/, 'control'],
];

const featurePatterns: readonly (readonly [RegExp, WasmFeature])[] = [
  [/\.relaxed_/, 'relaxed-simd'],
  [/atomic/, 'threads'],
  [/^[vif]\d+x\d|^v128/, 'simd128'],
  [/^(memory|table)\.(copy|fill|init)|^(data|elem)\.drop/, 'bulk-memory'],
  [/^(try|catch|throw|rethrow|delegate)/, 'exceptions'],
  [/^return_call/, 'tail-call'],
  [/^(struct|array|i31|any|extern)\.|^ref\.(i31|eq|test|cast)|^br_on_cast/, 'gc'],
  [/^(table|ref)\.|^call_ref|^br_on_/, 'reference-types'],
  [/\.extend(8|16|32)_s/, 'sign-extension'],
  [/^i(32|64)\.trunc_sat/, 'saturating-float-to-int'],
];

const operators = new Map<number, Operator>();

function describe(code: number): Operator {
  const name = OperatorCodeNames[code] ?? `0x${code.toString(16)}`;
  return {
    name,
    class: classPatterns.find(([pattern]) => pattern.test(name))?.[1] ?? 'other',
    feature: featurePatterns.find(([pattern]) => pattern.test(name))?.[1] ?? null,
  };
}

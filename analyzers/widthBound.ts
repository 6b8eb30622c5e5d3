import type { InstructionSet } from './analysis.js';

const FLOAT_BITS = 32;
const WASM_VECTOR_BITS = 128;

/**
 * How many times as much float arithmetic the CPU's widest instruction does as those that took most of the Wasm time: the vector's
 * width, and twice for fused multiply-add. An upper bound from the CPU's features, not a measurement.
 * @param shares of the Wasm time; simd128 with relaxed
 * @returns null where the CPU's width is unknown, or neither scalar nor vector code ran
 */
export function widthBound(
  cpu: NonNullable<InstructionSet['cpu']>,
  shares: { readonly scalar: number; readonly simd128: number; readonly relaxed: number },
): InstructionSet['bound'] {
  if (cpu.vectorBits === null || shares.scalar + shares.simd128 === 0) return null;
  const vectors = shares.simd128 >= shares.scalar;
  const fused = vectors && 2 * shares.relaxed >= shares.simd128;
  const bits = vectors ? WASM_VECTOR_BITS : FLOAT_BITS;
  const factor = (cpu.vectorBits / bits) * (cpu.fusedMultiplyAdd && !fused ? 2 : 1);
  const floats = cpu.vectorBits / FLOAT_BITS;
  const has = `This CPU’s vectors hold ${floats} floats (${cpu.vectorBits} bits), ${cpu.fusedMultiplyAdd ? 'with' : 'without'} fused multiply-add`;
  const ran = vectors
    ? `most of the Wasm time goes to vectors of ${bits / FLOAT_BITS} (${bits} bits), ${fused ? 'with' : 'without'} it`
    : 'most of the Wasm time goes to code that computes one number at a time';
  return {
    factor,
    why: `${has}; ${ran}: at most ${factor} times as much arithmetic per instruction. That follows from the CPU’s features and is not measured; memory, and units that take a wide vector in two steps, leave less.`,
  };
}

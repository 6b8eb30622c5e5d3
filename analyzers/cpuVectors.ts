import type { InstructionSet } from './analysis.js';

/** Widest vectors first, by the kernel's names of CPU features. */
const WIDTHS: readonly (readonly [feature: string, bits: number | null])[] = [
  ['avx512f', 512],
  ['avx2', 256],
  ['avx', 256],
  // Scalable: the flags do not tell how wide.
  ['sve2', null],
  ['sve', null],
  ['asimd', 128],
  ['sse4_2', 128],
  ['sse2', 128],
];

/** AVX-512F and Arm's vectors have fused multiply-add without a flag of its own. */
const FUSED = ['fma', 'avx512f', 'asimd', 'sve', 'sve2'];

/** The CPU's widest vectors and whether it has fused multiply-add; null where its features are unknown. */
export function cpuVectors(features: readonly string[] | null): InstructionSet['cpu'] {
  const widest = WIDTHS.find(([feature]) => features?.includes(feature));
  if (!features || !widest) return null;
  return { vectorBits: widest[1], fusedMultiplyAdd: FUSED.some((feature) => features.includes(feature)) };
}

import type { KernelNode } from '../../src/bundle/kernelLog.js';

/**
 * How many products each number of a matrix product is the sum of. It follows from the first matrix and the result, transposed or not; the second
 * is often not told. Null where the shapes do not fit.
 */
export function matrixTerms({ inputs: [first], outputs: [result] }: Pick<KernelNode, 'inputs' | 'outputs'>): number | null {
  if (first === undefined || result === undefined || first.length === 0) return null;
  // A vector times a matrix, and a matrix times a vector.
  if (first.length === 1) return first[0]!;
  if (result.length < first.length) return first.at(-1)!;
  const terms = (first.at(-1)! * first.at(-2)!) / result.at(-2)!;
  return Number.isInteger(terms) ? terms : null;
}

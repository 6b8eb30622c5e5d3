/** Where exact numbers end: every product of two floats is a whole multiple of 2^-SCALE. */
const SCALE = 300n;
const MANTISSA_BITS = 24;
/** The smallest float that is not zero is 2^-149. */
const SMALLEST = 149n;

/** a × b + c, rounded once to a float, by whole numbers alone. All are finite floats, and so is the result. */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  // As a double the product is exact; so is the sum, mostly, and then only the float rounds.
  const [product, near] = [a * b, a * b + c];
  const added = near - product;
  if (product - (near - added) + (c - added) === 0) return Math.fround(near);
  const sum = exact(a, SCALE / 2n) * exact(b, SCALE / 2n) + exact(c, SCALE);
  if (sum === 0n) return a * b + c;
  const size = sum < 0n ? -sum : sum;
  const bits = BigInt(size.toString(2).length);
  const kept = SCALE - SMALLEST;
  const dropped = bits - BigInt(MANTISSA_BITS) > kept ? bits - BigInt(MANTISSA_BITS) : kept;
  const rest = size & ((1n << dropped) - 1n);
  const half = 1n << (dropped - 1n);
  const floor = size >> dropped;
  const rounded = rest > half || (rest === half && (floor & 1n) === 1n) ? floor + 1n : floor;
  return (sum < 0n ? -1 : 1) * Number(rounded) * 2 ** Number(dropped - SCALE);
}

/** A float as a multiple of 2^-scale. */
function exact(value: number, scale: bigint): bigint {
  // By 2^149 every float becomes whole, and by way of a double nothing is lost.
  return BigInt(value * 2 ** Number(SMALLEST)) << (scale - SMALLEST);
}

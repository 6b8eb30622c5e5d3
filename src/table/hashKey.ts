/**
 * Two secret numbers for a hash, the second of them odd: a number to begin with, and one to multiply by. Who writes the input cannot
 * know them, so cannot write keys of one hash (https://en.wikipedia.org/wiki/Collision_attack#Hash_flooding).
 */
export function hashKey(): readonly [seed: number, multiplier: number] {
  const [seed, multiplier] = crypto.getRandomValues(new Int32Array(2)) as unknown as [number, number];
  return [seed, multiplier | 1];
}

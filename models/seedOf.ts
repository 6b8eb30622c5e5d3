/**
 * A seed of its own for each named thing, so that its values do not depend on the order in which things are made.
 * FNV-1a of the name's UTF-16 units, mixed into the run's seed. Source: http://www.isthe.com/chongo/tech/comp/fnv/
 */
export function seedOf(seed: number, name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return (hash ^ seed) >>> 0;
}

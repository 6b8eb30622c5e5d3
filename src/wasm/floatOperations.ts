const ARITHMETIC = /^(f32|f64|f32x4|f64x2)\.(relaxed_)?(add|sub|mul|div|sqrt|min|max|pmin|pmax|madd|nmadd)$/;

const LANES: Readonly<Record<string, number>> = { f32: 1, f64: 1, f32x4: 4, f64x2: 2 };

/**
 * Float operations of one operator, each lane by itself: additions, subtractions, products, quotients, roots, and the smaller or larger of
 * two. A multiply-add is two. Comparisons, conversions, signs and rounding are none, as in the usual count of FLOPs.
 */
export function floatOperations(name: string): number {
  const [, type, , operation] = ARITHMETIC.exec(name) ?? [];
  if (type === undefined) return 0;
  return LANES[type]! * (operation!.endsWith('madd') ? 2 : 1);
}

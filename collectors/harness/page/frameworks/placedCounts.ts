/** How many operators there are of each type, most first, then by name. */
export const byCount = (a: { operator: string; count: number }, b: { operator: string; count: number }): number =>
  b.count - a.count || (a.operator < b.operator ? -1 : 1);

export const counted = (counts: ReadonlyMap<string, number>): { operator: string; count: number }[] =>
  [...counts].map(([operator, count]) => ({ operator, count })).sort(byCount);

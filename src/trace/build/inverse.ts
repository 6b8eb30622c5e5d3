/** Where each row went: inverse[order[i]] = i. Rows that are not in `order` are -1. */
export function inverse(order: Uint32Array, rows: number = order.length): Int32Array {
  const result = new Int32Array(rows).fill(-1);
  for (let i = 0; i < order.length; i++) result[order[i]!] = i;
  return result;
}

/** The first position in [from, to) where the condition holds, by bisection: it must hold for all positions after that. @returns `to` where it holds for none */
export function firstWhere(to: number, holds: (position: number) => boolean, from = 0): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

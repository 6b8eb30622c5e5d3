import type { TfjsEntry } from './tfjsProfileSchema.js';

/**
 * To which operator each entry of a prediction belongs, and what of its time is not of entries inside it, ms. A kernel inside of another is part
 * of that one; what only stands around kernels goes with the first of them, or by itself where there is none.
 */
export function ownersOf(run: readonly TfjsEntry[]): { readonly owners: readonly number[]; readonly selfMs: readonly number[] } {
  const selfMs = run.map(({ ms }) => ms);
  const owners: (number | null)[] = run.map(() => null);
  // Those that run in others begin later.
  for (const [i, { parent, kernel, ms }] of run.entries()) {
    if (parent !== null) selfMs[parent]! -= ms;
    const around = parent === null ? null : owners[parent]!;
    if (around !== null && run[around]!.kernel !== null && isWithin(run, i, around)) owners[i] = around;
    else if (kernel !== null) {
      owners[i] = i;
      for (let up = parent; up !== null && owners[up] === null; up = run[up]!.parent) owners[up] = i;
    }
  }
  return {
    owners: owners.map((owner, i) => owner ?? owners[outermost(run, i)] ?? outermost(run, i)),
    // Below 0 by rounding only.
    selfMs: selfMs.map((ms) => Math.max(0, ms)),
  };
}

function isWithin(run: readonly TfjsEntry[], i: number, kernel: number): boolean {
  for (let up = run[i]!.parent; up !== null; up = run[up]!.parent) if (up === kernel) return true;
  return false;
}

function outermost(run: readonly TfjsEntry[], i: number): number {
  let at = i;
  for (let up = run[i]!.parent; up !== null; up = run[up]!.parent) at = up;
  return at;
}

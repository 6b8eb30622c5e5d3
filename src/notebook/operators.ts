import { type ColumnTable, from } from 'arquero';
import type { Analysis } from '../../analyzers/index.js';
import { inertText } from '../text/inertText.js';

type Profiled = Pick<Analysis, 'kernels' | 'kernelTotals'>;

/**
 * The operators of the model beside those of the native run that do the same: medians over the profiled predictions, ms. Null is not
 * known.
 *
 * - One by one, longest first: `name`, `operator` (its type), `shape`, `ms`, `nativeMs`, `share` (of 1), `ratio` (browser over native),
 *   `gflops` and `gigabytesPerSecond` (10⁹ a second), and `bound`: compute, memory or overhead.
 * - `by: "type"`: all Conv, all Add, … together, with their `count`.
 * - `by: "kind"`: by what they do, the kind with the most to save first: `aboveMs` is the time above this machine's roof, or else above
 *   native, and `shape` the one that takes the most of it.
 */
export function operatorsBesideNative(
  analysis: Profiled,
  { by = 'operator' }: { readonly by?: 'operator' | 'type' | 'kind' } = {},
): ColumnTable {
  return from(ROWS[by](analysis));
}

const ROWS = {
  operator: ({ kernels }: Profiled) =>
    kernels.map(({ name, operator, shape, ms, nativeMs, share, ratio, gflops, gigabytesPerSecond, bound }) => ({
      ...{ name: inertText(name), operator: inertText(operator), shape: inertText(shape) },
      ...{ ms, nativeMs, share, ratio, gflops, gigabytesPerSecond, bound },
    })),
  type: ({ kernelTotals }: Profiled) =>
    (kernelTotals?.types ?? []).map(({ operator, count, ms, nativeMs, share, ratio, gflops, gigabytesPerSecond, bound }) => ({
      ...{ operator: inertText(operator), count },
      ...{ ms, nativeMs, share, ratio, gflops, gigabytesPerSecond, bound },
    })),
  kind: ({ kernelTotals }: Profiled) =>
    (kernelTotals?.groups ?? []).map(({ title, count, ms, share, paired, aboveMs, largest }) => {
      return { kind: title, count, ms, share, nativeMs: paired?.nativeMs ?? null, aboveMs, shape: inertText(largest.shape) };
    }),
};

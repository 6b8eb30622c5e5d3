import type { ColumnTable } from 'arquero';
import { from } from 'arquero';
import type { Analysis } from '../../analyzers/index.js';
import { inertText } from '../text/inertText.js';

/**
 * The operators of the model beside those of the native run that do the same, longest first; of `by: "type"` all of one type
 * together. Columns: `name` (not by type), `operator` (its type), `count` (by type), `ms` and `nativeMs` (median over the profiled
 * predictions), `share` (of 1), `ratio` (browser over native), `gflops` and `gigabytesPerSecond` (10⁹ a second), and `bound`: what
 * bounds it, compute, memory or overhead. Null is not known.
 */
export function operatorsBesideNative(
  { kernels, kernelTotals }: Pick<Analysis, 'kernels' | 'kernelTotals'>,
  { by = 'operator' }: { readonly by?: 'operator' | 'type' } = {},
): ColumnTable {
  const rates = ({ gflops, gigabytesPerSecond, bound }: Analysis['kernels'][number] | OfType) => {
    return { gflops, gigabytesPerSecond, bound };
  };
  if (by === 'type') {
    return from(
      (kernelTotals?.types ?? []).map((type) => {
        const { count, ms, nativeMs, share, ratio } = type;
        return { operator: inertText(type.operator), count, ms, nativeMs, share, ratio, ...rates(type) };
      }),
    );
  }
  return from(
    kernels.map((each) => {
      const { ms, nativeMs, share, ratio } = each;
      return {
        ...{ name: inertText(each.name), operator: inertText(each.operator), shape: inertText(each.shape) },
        ...{ ms, nativeMs, share, ratio, ...rates(each) },
      };
    }),
  );
}

type OfType = NonNullable<Analysis['kernelTotals']>['types'][number];

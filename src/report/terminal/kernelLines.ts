import type { Analysis } from '../../../analyzers/analysis.js';
import { inertText } from '../../text/inertText.js';
import { formatRate, formatRatio, formatShare } from '../format.js';
import { clip, type Screen } from './screen.js';

const MOST_TYPES = 4;

/** One line: the types of operators that take the most time, their share, how far each is from native, what it reaches, and what bounds it. */
export function kernelLines({ kernelTotals }: Analysis, { width }: Screen): string[] {
  const types = kernelTotals?.types.filter(({ count }) => count > 0).slice(0, MOST_TYPES) ?? [];
  if (types.length === 0) return [];
  const each = types.map(({ operator, share, ratio, gflops, bound }) => {
    const more = [
      ...(ratio === null ? [] : [`${formatRatio(ratio)} native`]),
      ...(gflops === null ? [] : [formatRate(gflops, 'GFLOP/s')]),
      ...(bound === null ? [] : [`${inertText(bound, 20)}-bound`]),
    ];
    return `${inertText(operator, 24)} ${formatShare(share)}${more.length > 0 ? ` (${more.join(', ')})` : ''}`;
  });
  return [clip(`Operators   ${each.join(' · ')}`, width)];
}

import type { Analysis } from '../../../analyzers/analysis.js';
import { formatRatio, formatShare } from '../format.js';
import { inertText } from '../inertText.js';
import { clip, type Screen } from './screen.js';

const MOST_TYPES = 4;

/** One line: the types of operators that take the most time, their share, and how far each is from native. */
export function kernelLines({ kernelTotals }: Analysis, { width }: Screen): string[] {
  const types = kernelTotals?.types.filter(({ count }) => count > 0).slice(0, MOST_TYPES) ?? [];
  if (types.length === 0) return [];
  const each = types.map(({ operator, share, ratio }) => {
    const beside = ratio === null ? '' : ` (${formatRatio(ratio)} native)`;
    return `${inertText(operator, 24)} ${formatShare(share)}${beside}`;
  });
  return [clip(`Operators   ${each.join(' · ')}`, width)];
}

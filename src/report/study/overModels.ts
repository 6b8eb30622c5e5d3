import type { RatioSummary } from '../../../analyzers/study/studyAnalysis.js';
import { formatInterval } from '../../view/format.js';

/** What a mean ratio is of: "geometric mean of 9 models, 1.90–4.10"; "1 model". */
export function overModels({ geometricMean, models, lowest, highest }: RatioSummary): string {
  if (models === 1) return '1 model';
  return `geometric mean of ${models} models, ${formatInterval([lowest.ratio, highest.ratio], geometricMean)}`;
}

import { mean } from 'simple-statistics';
import { fullConfigurations, sameConfiguration } from '../../../../analyzers/study/configurations.js';
import type { StudyAnalysis } from '../../../../analyzers/study/studyAnalysis.js';
import { inertText } from '../../../text/inertText.js';
import { formatPlural, formatShare } from '../../../view/format.js';
import { configurationName } from '../configurationName.js';

/** The type of operator that takes the most time, framework by framework. */
export function kernelFindings({ kernels, cells, latency }: StudyAnalysis): string[] {
  return fullConfigurations({ cells, latency }).flatMap((configuration) => {
    const own = kernels.filter(({ cell }) => sameConfiguration(cell, configuration));
    const operators = [...new Set(own.flatMap((row) => row.types.map(({ operator }) => operator)))];
    const share = (of: string) => mean(own.map(({ types }) => types.find(({ operator }) => operator === of)?.share ?? 0));
    const top = operators.map((operator) => ({ operator, share: share(operator) })).sort((a, b) => b.share - a.share)[0];
    if (!top) return [];
    const of = own.length === 1 ? '1 model' : `mean of ${formatPlural(own.length, 'model')}`;
    return [
      `Of the operators on ${configurationName(configuration)}, ${inertText(top.operator, 40)} takes the most time: ${formatShare(top.share)} (${of}).`,
    ];
  });
}

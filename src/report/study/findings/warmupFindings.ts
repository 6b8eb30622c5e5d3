import { fullConfigurations, sameConfiguration } from '../../../../analyzers/study/configurations.js';
import type { StudyAnalysis } from '../../../../analyzers/study/studyAnalysis.js';
import { formatRatio } from '../../../view/format.js';
import { configurationName } from '../configurationName.js';
import { overModels } from '../overModels.js';

/** How long the first inference takes beside a later one. */
export function warmupFindings({ warmup, cells, latency }: StudyAnalysis): string[] {
  const told = fullConfigurations({ cells, latency }).flatMap((configuration) => {
    const summary = warmup.summaries.find((each) => sameConfiguration(each.configuration, configuration));
    return summary
      ? [`${formatRatio(summary.geometricMean)} on ${configurationName(configuration)} (${overModels(summary)})`]
      : [];
  });
  return told.length === 0 ? [] : [`A warm-up takes as long as so many predictions: ${told.join('; ')}.`];
}

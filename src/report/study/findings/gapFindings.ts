import { fullConfigurations, sameConfiguration } from '../../../../analyzers/study/configurations.js';
import type { StudyAnalysis } from '../../../../analyzers/study/studyAnalysis.js';
import { inertText } from '../../../text/inertText.js';
import { formatRatio } from '../../../view/format.js';
import { configurationDetails } from '../configurationDetails.js';
import { configurationName } from '../configurationName.js';
import { overModels } from '../overModels.js';
import { listed } from './listed.js';

/** How many times slower than native each framework and backend is. */
export function gapFindings({ gap, cells, latency }: StudyAnalysis): string[] {
  return fullConfigurations({ cells, latency }).flatMap((configuration) => {
    const summary = gap.summaries.find((each) => sameConfiguration(each.configuration, configuration));
    if (!summary) return [];
    const rows = gap.rows.filter(({ cell }) => sameConfiguration(cell, configuration));
    const baselines = [...new Set(rows.map(({ baseline }) => inertText(baseline, 100)))];
    const details = configurationDetails(configuration);
    const name = `${configurationName(configuration)} predictions${details ? ` (${details})` : ''}`;
    const software = rows.some(({ cell }) => cell.softwareGpu)
      ? ' The CPU did the GPU’s work here, so this says nothing about a GPU.'
      : '';
    const otherApi =
      configuration.backend === 'webgl' && baselines.some((text) => text.includes('WebGPU'))
        ? ' Native used WebGPU, which is another way to the device: this is no cost of the browser.'
        : '';
    return [
      `On this machine ${name} take ${formatRatio(summary.geometricMean)} native (${overModels(summary)}; native is ${listed(baselines)}).${software}${otherApi}`,
    ];
  });
}

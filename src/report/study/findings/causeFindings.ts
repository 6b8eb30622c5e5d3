import { mean } from 'simple-statistics';
import { fullConfigurations, sameConfiguration } from '../../../../analyzers/study/configurations.js';
import type { StudyAnalysis } from '../../../../analyzers/study/studyAnalysis.js';
import { inertText } from '../../../text/inertText.js';
import { formatPlural, formatShare } from '../../../view/format.js';
import { configurationName } from '../configurationName.js';
import { listed } from './listed.js';

const MOST_CAUSES = 3;

/** Where the time of a prediction goes, as the mean share over the models. */
export function causeFindings({ causes, cells, latency }: StudyAnalysis): string[] {
  return fullConfigurations({ cells, latency }).flatMap((configuration) => {
    const own = causes.filter(({ cell }) => sameConfiguration(cell, configuration));
    if (own.length === 0) return [];
    const ids = [...new Set(own.flatMap((row) => row.causes.map(({ id }) => id)))].filter((id) => id !== 'unattributed');
    const told = ids
      .map((id) => ({ id, share: mean(own.map((row) => row.causes.find((cause) => cause.id === id)?.share ?? 0)) }))
      .filter(({ share }) => share >= 0.01)
      .sort((a, b) => b.share - a.share)
      .slice(0, MOST_CAUSES)
      .map(({ id, share }) => `${formatShare(share)} ${inertText(id, 40)}`);
    const unclaimed = mean(own.map(({ unattributedShare }) => unattributedShare));
    return [
      `The time of a prediction on ${configurationName(configuration)} is ${listed([...told, `${formatShare(unclaimed)} unattributed`])} (${own.length === 1 ? '' : 'mean of '}${formatPlural(own.length, 'model')}, traced).`,
    ];
  });
}

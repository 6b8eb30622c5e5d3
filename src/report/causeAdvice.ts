import type { Analysis } from '../../analyzers/index.js';
import type { Advice, AdvisedRun } from '../../analyzers/partition/causes/cause.js';
import { causeOf } from '../../analyzers/partition/causes/index.js';
import type { CauseTime } from '../../analyzers/partition/partition.js';
import { gpuDevice } from './gpuWords.js';

/** Advice for the causes of the predictions' time, most useful first. */
export function causeAdvice(analysis: Analysis): string[] {
  const given = (analysis.partition?.causes ?? []).flatMap((time) => {
    const advice = causeOf(time.id)?.advice;
    return advice ? [{ time, advice }] : [];
  });
  return given.sort((a, b) => a.advice.rank - b.advice.rank).flatMap(({ time, advice }) => textOf(advice, time, analysis));
}

/** Advice for the causes of the warm-up's time, largest first. */
export function warmupAdvice(analysis: Analysis): string[] {
  return (analysis.partition?.warmup ?? []).flatMap((time) => {
    const advice = causeOf(time.id)?.warmupAdvice;
    return advice ? textOf(advice, time, analysis) : [];
  });
}

function textOf({ fromShare, text }: Advice, time: CauseTime, analysis: Analysis): readonly string[] {
  if (time.share < fromShare) return [];
  const device = gpuDevice(analysis);
  const run: AdvisedRun = { ...analysis, softwareRenderer: device?.software ? device.name : null };
  const advised = text(time, run);
  return advised === null ? [] : [advised];
}

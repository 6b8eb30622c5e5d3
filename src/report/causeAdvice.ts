import type { Analysis } from '../../analyzers/analysis.js';
import type { AdvisedRun } from '../../analyzers/partition/causes/cause.js';
import { causeOf } from '../../analyzers/partition/causes/index.js';
import type { CauseTime } from '../../analyzers/partition/partition.js';
import { gpuDevice } from './gpuWords.js';

/** What the causes of the predictions' time advise, most useful first. */
export function causeAdvice(analysis: Analysis): string[] {
  const found = of(analysis.partition?.causes).flatMap(({ time, cause: { advice } }) => (advice ? [{ time, advice }] : []));
  return found.sort((a, b) => a.advice.rank - b.advice.rank).flatMap(({ time, advice }) => textOf(advice, time, analysis));
}

/** What the causes of the warm-up's time advise, largest first. */
export function warmupAdvice(analysis: Analysis): string[] {
  return of(analysis.partition?.warmup).flatMap(({ time, cause: { warmupAdvice: advice } }) =>
    advice ? textOf(advice, time, analysis) : [],
  );
}

type Advice = NonNullable<NonNullable<ReturnType<typeof causeOf>>['warmupAdvice']>;

function of(times: readonly CauseTime[] | null | undefined) {
  return (times ?? []).flatMap((time) => {
    const cause = causeOf(time.id);
    return cause === null ? [] : [{ time, cause }];
  });
}

function textOf({ fromShare, text }: Advice, time: CauseTime, analysis: Analysis): string[] {
  if (time.share < fromShare) return [];
  const device = gpuDevice(analysis);
  const run: AdvisedRun = { ...analysis, softwareRenderer: device?.software ? device.name : null };
  return [text(time, run) ?? []].flat();
}

import type { Analysis } from '../../../analyzers/index.js';
import { formatMs } from '../../view/format.js';
import { topTierSentence } from '../runtimeWords.js';
import { clip, type Screen } from './screen.js';

/** Waiting for the compiler is noteworthy above this share of a phase. */
const MIN_WAITING_SHARE = 0.25;
/** Predictions in code that was replaced later are noteworthy if their share is certainly above this. */
const MIN_EARLY_SHARE = 0.1;

/** At most two lines: long waits for the compiler, and predictions that certainly ran code before its tier-up. */
export function runtimeLines({ compile, partition }: Analysis, { width }: Screen): string[] {
  if (!compile) return [];
  const { setup, warmup, predictions } = compile.phases;
  const waits = (
    [
      ['setup', setup],
      ['warm-up', warmup],
      ['predictions', predictions],
    ] as const
  ).flatMap(([name, phase]) =>
    phase && phase.criticalMs > MIN_WAITING_SHARE * phase.windowMs
      ? [`${formatMs(phase.criticalMs)} of the traced ${name}’s ${formatMs(phase.windowMs)}`]
      : [],
  );
  const before = compile.beforeTopTier;
  const isEarly = before?.predictions && before.predictions.atLeast > MIN_EARLY_SHARE;
  return [
    ...(waits.length > 0 ? [clip(`Waiting for the compiler: ${waits.join(', ')}`, width)] : []),
    ...(before && isEarly ? [clip(topTierSentence(before, partition?.windows ?? 0), width)] : []),
  ];
}

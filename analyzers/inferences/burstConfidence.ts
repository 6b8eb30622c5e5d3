import { alikeShare } from './alikeShare.js';
import type { FoundInferences } from './finder.js';
import type { ThreadSeries } from './threadSeries.js';

/** Bursts are a guess, however clear. */
const MOST = 0.9;
/** Of what is seen once it is not known that it is an inference. */
const ONCE = 0.2;

/**
 * How sure it is that bursts are inferences: how clearly idle times between them differ from those within, times the part of them that is
 * about as long as their median, times n / (n + 1) of n bursts, at most 0.9. With several threads, the least sure counts.
 */
export function burstConfidence(series: readonly ThreadSeries[]): Pick<FoundInferences, 'confidence' | 'confidenceWhy'> {
  const [least] = series.map(confidenceOf).sort((a, b) => a.confidence - b.confidence);
  return least!;
}

function confidenceOf({ spans, boundary }: ThreadSeries): Pick<FoundInferences, 'confidence' | 'confidenceWhy'> {
  if (!boundary) return { confidence: ONCE, confidenceWhy: 'It was seen once, so nothing tells it from other work.' };
  const alike = alikeShare(spans);
  const clear = 1 - boundary.withinUs / boundary.betweenUs;
  const confidence = MOST * clear * alike * (spans.length / (spans.length + 1));
  const ms = (us: number): string => (us / 1000).toFixed(us < 10_000 ? 1 : 0);
  return {
    confidence,
    confidenceWhy: `Idle times between them are ${ms(boundary.betweenUs)} ms and more, within them ${ms(boundary.withinUs)} ms and less; ${(alike * 100).toFixed(0)} % of ${spans.length} are about as long as their median.`,
  };
}

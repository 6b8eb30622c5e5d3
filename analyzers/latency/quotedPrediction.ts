import type { PageFacts } from '../recording/describe.js';
import type { Latency, Prediction } from './latency.js';

/** The prediction that is quoted: of the timing pass or, where there is none as for a watched page, of the trace pass. */
export function quotedPrediction({
  latency,
  page,
}: {
  readonly latency: Latency | null;
  readonly page: PageFacts | null;
}): { readonly prediction: Prediction; readonly traced: boolean } | null {
  if (latency?.prediction && !page) return { prediction: latency.prediction, traced: false };
  if (latency?.traced.prediction) return { prediction: latency.traced.prediction, traced: true };
  return null;
}

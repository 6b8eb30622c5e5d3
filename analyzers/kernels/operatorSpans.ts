import type { KernelProfile } from '../../src/bundle/kernelLog.js';
import { flatten, type Span } from '../spans.js';
import type { ProfileClock } from './profileClock.js';

/** When each operator ran, on the trace clock: sorted and free of overlap, an operator inside of another instead of that one. The value is its place among the nodes. */
export function operatorSpans({ nodes, runs }: KernelProfile, { zeroUs }: ProfileClock): Span<number>[] {
  const spans = nodes.flatMap(({ stretches }, value) =>
    (stretches?.prediction ?? []).map((prediction, i): Span<number> => {
      const startUs = zeroUs + (runs!.startMs[prediction]! + stretches!.startMs[i]!) * 1000;
      return { startUs, endUs: startUs + stretches!.ms[i]! * 1000, value };
    }),
  );
  return flatten(spans.sort((a, b) => a.startUs - b.startUs || b.endUs - a.endUs));
}

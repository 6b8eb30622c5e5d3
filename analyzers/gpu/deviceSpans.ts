import type { Trace } from '../../src/trace/trace.js';
import { firstEndingAfter, type Span, union } from '../spans.js';
import { deviceClock } from './deviceClock.js';
import type { RealmOnTrace } from './gpuRealm.js';

/**
 * When the device computed for one realm, on the trace clock: sorted, free of overlap. Passes with timestamps are where the device says.
 * Stretches of which only the length is known begin when the GPU process was done with handing them over, for that is when the
 * device can begin, and one follows the other.
 */
export function deviceSpans(trace: Trace, realm: RealmOnTrace): Span<null>[] {
  const { log, thread, toTraceUs } = realm;
  const { passes, calls } = log;
  const offsetUs = deviceClock(realm)?.offsetUs;
  const spans: Omit<Span<null>, 'value'>[] = [];
  const handedOver = handedOverUs(trace, thread);
  let freeUs = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < passes.call.length; row++) {
    const durationUs = passes.durationUs[row]!;
    if (passes.startUs[row]! >= 0) {
      if (offsetUs === undefined) continue;
      const startUs = passes.startUs[row]! + offsetUs;
      spans.push({ startUs, endUs: startUs + durationUs });
      continue;
    }
    const call = passes.call[row]!;
    const startUs = Math.max(freeUs, handedOver(toTraceUs(calls.atMs[call]! + calls.tookMs[call]!)));
    freeUs = startUs + durationUs;
    if (Number.isFinite(startUs)) spans.push({ startUs, endUs: freeUs });
  }
  return union(spans);
}

/** For a moment at which the thread had made its last call: when the GPU process had taken up what it flushed until then. */
function handedOverUs(trace: Trace, thread: number): (atUs: number) => number {
  const { columns, length } = trace.tables.flows;
  const flushed: Span<number>[] = [];
  for (let row = 0; row < length; row++) {
    if (columns.fromThread[row] !== thread) continue;
    const fromUs = columns.fromUs[row]!;
    flushed.push({ startUs: fromUs, endUs: fromUs, value: columns.toUs[row]! });
  }
  return (atUs) => flushed[firstEndingAfter(flushed, atUs) - 1]?.value ?? Number.NaN;
}

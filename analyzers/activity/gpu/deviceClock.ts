import type { Trace } from '../../../src/trace/trace.js';
import { firstEndingAfter, type Span, union } from '../spans.js';
import { callKind } from './calls.js';
import type { RealmOnTrace } from './realm.js';

/** Offset between the device's clock and the trace clock. */
export interface DeviceClock {
  /** Add it to a time of the device to get the trace's, µs. */
  readonly offsetUs: number;
  /** Largest possible error of the offset, µs; null if not known. */
  readonly errorUs: number | null;
}

/**
 * Estimates the offset of the device's clock. A pass begins after its submission, and ends before a later read-back is complete.
 * So every pass bounds the offset from below, and every read-back from above. If the bounds allow the two clocks to be the same,
 * the offset is 0: software renderers use the system's clock. Otherwise it is the middle between the closest bounds.
 * @returns null without a timed pass, or if the bounds contradict each other
 */
export function deviceClock({ log, toTraceUs }: RealmOnTrace): DeviceClock | null {
  const { calls, passes } = log;
  let lowUs = Number.NEGATIVE_INFINITY;
  const lastEndOf = new Map<number, number>();
  for (let row = 0; row < passes.call.length; row++) {
    if (passes.startUs[row]! < 0) continue;
    const call = passes.call[row]!;
    lowUs = Math.max(lowUs, toTraceUs(calls.atMs[call]!) - passes.startUs[row]!);
    lastEndOf.set(call, Math.max(lastEndOf.get(call) ?? 0, passes.startUs[row]! + passes.durationUs[row]!));
  }
  if (lastEndOf.size === 0) return null;
  let highUs = Number.POSITIVE_INFINITY;
  let submittedEndUs = 0;
  for (let call = 0; call < calls.name.length; call++) {
    submittedEndUs = Math.max(submittedEndUs, lastEndOf.get(call) ?? 0);
    const name = log.names[calls.name[call]!]!;
    const waits = callKind(name) === 'readback' || name === 'queue.onSubmittedWorkDone';
    if (waits && calls.doneMs[call]! >= 0 && submittedEndUs > 0)
      highUs = Math.min(highUs, toTraceUs(calls.doneMs[call]!) - submittedEndUs);
  }
  const stepUs = log.clock.stepMs * 1000;
  lowUs -= stepUs;
  highUs += stepUs;
  if (lowUs > highUs) return null;
  const isBounded = Number.isFinite(highUs);
  if (lowUs <= 0 && highUs >= 0) return { offsetUs: 0, errorUs: isBounded ? Math.max(-lowUs, highUs) : null };
  if (!isBounded) return { offsetUs: lowUs, errorUs: null };
  return { offsetUs: (lowUs + highUs) / 2, errorUs: (highUs - lowUs) / 2 };
}

/**
 * When the device computed for one realm, on the trace clock, sorted without overlap.
 * @param isWanted of which calls the passes are wanted
 */
export const deviceSpans = (trace: Trace, realm: RealmOnTrace, isWanted: (call: number) => boolean = () => true): Span<null>[] =>
  union(devicePasses(trace, realm).filter(({ value }) => isWanted(value)));

/**
 * The passes of one realm on the trace clock, in the order of their calls, with the row of the call. Passes with timestamps stand
 * where the device says. Of other stretches only the length is known: they begin when the GPU process had taken the commands up,
 * as the device cannot begin before, and follow one another.
 */
export function devicePasses(trace: Trace, realm: RealmOnTrace): Span<number>[] {
  const { log, thread, toTraceUs } = realm;
  const { passes, calls } = log;
  const offsetUs = deviceClock(realm)?.offsetUs;
  const spans: Span<number>[] = [];
  const takenUp = takenUpUs(trace, thread);
  let freeUs = Number.NEGATIVE_INFINITY;
  // Contexts tell their times when they are used again, in any order.
  const inOrder = Array.from(passes.call.keys()).sort((a, b) => passes.call[a]! - passes.call[b]!);
  for (const row of inOrder) {
    const call = passes.call[row]!;
    const durationUs = passes.durationUs[row]!;
    if (passes.startUs[row]! >= 0) {
      if (offsetUs === undefined) continue;
      const startUs = passes.startUs[row]! + offsetUs;
      spans.push({ startUs, endUs: startUs + durationUs, value: call });
      continue;
    }
    const startUs = Math.max(freeUs, takenUp(toTraceUs(calls.atMs[call]! + calls.tookMs[call]!)));
    freeUs = startUs + durationUs;
    if (Number.isFinite(startUs)) spans.push({ startUs, endUs: freeUs, value: call });
  }
  return spans;
}

/** Returns when the GPU process had taken up the commands that the thread flushed until a moment, µs; NaN if there are none. */
function takenUpUs(trace: Trace, thread: number): (atUs: number) => number {
  const { columns, length } = trace.tables.flows;
  const flushed: Span<number>[] = [];
  for (let row = 0; row < length; row++) {
    if (columns.fromThread[row] !== thread) continue;
    const fromUs = columns.fromUs[row]!;
    flushed.push({ startUs: fromUs, endUs: fromUs, value: columns.toUs[row]! });
  }
  return (atUs) => flushed[firstEndingAfter(flushed, atUs) - 1]?.value ?? Number.NaN;
}

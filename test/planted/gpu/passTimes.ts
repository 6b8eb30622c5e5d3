import { deviceSpans } from '../../../analyzers/activity/gpu/deviceClock.js';
import { gpuRealms } from '../../../analyzers/activity/gpu/realm.js';
import type { Recorded } from '../record.js';

/** What the device says of the passes that were handed over in one window. */
export interface PassTimes {
  /** How long each took, in the order of submission. */
  readonly passesMs: readonly number[];
  readonly sumMs: number;
  /** When the device was at work, on the trace clock, from the window's own edges: positive lies inside, ms. */
  readonly afterStartMs: number;
  readonly beforeEndMs: number;
}

/** Per window, by the hook's log. */
export function passTimes({ input, split }: Recorded): PassTimes[] {
  const trace = input.trace!;
  const realms = gpuRealms(trace, input.gpu!);
  const spans = realms.flatMap((realm) => deviceSpans(trace, realm));
  return split.windows.map(({ window: { startUs, endUs } }) => {
    const passesMs: number[] = [];
    for (const { log, toTraceUs } of realms) {
      for (let row = 0; row < log.passes.call.length; row++) {
        const atUs = toTraceUs(log.calls.atMs[log.passes.call[row]!]!);
        if (atUs < startUs || atUs >= endUs) continue;
        passesMs.push(log.passes.durationUs[row]! / 1000);
      }
    }
    // Of another window is what has its middle there.
    const own = spans.filter((span) => {
      const middleUs = (span.startUs + span.endUs) / 2;
      return middleUs >= startUs && middleUs < endUs;
    });
    return {
      passesMs,
      sumMs: passesMs.reduce((sum, ms) => sum + ms, 0),
      afterStartMs: (Math.min(...own.map((span) => span.startUs)) - startUs) / 1000,
      beforeEndMs: (endUs - Math.max(...own.map((span) => span.endUs))) / 1000,
    };
  });
}

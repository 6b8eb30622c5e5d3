import type { CauseId } from '../causes.js';
import { clip, firstEndingAfter, type Span, subtract } from '../spans.js';
import type { GpuTimeline } from './gpuTimeline.js';
import type { GpuWait } from './gpuWaits.js';

/**
 * What a stretch goes to in which the owner waits for the GPU: to what the GPU process or the device does for it; before they
 * begin, to the way there; behind them, to the way back. Both ways of a blocking call are its round trip.
 * @param wait what it waits for in a call; null if it waits for a message
 * @param window that it waits in: where the device tells no times, a wait between two activities of the GPU process is one for the device,
 * however long it computes
 * @returns null where nothing says that it is the GPU that it waits for
 */
export function whileGpuWorks(
  { startUs, endUs }: Span<unknown>,
  { spans, isDeviceTimed }: GpuTimeline,
  wait: GpuWait | null,
  window: Pick<Span<unknown>, 'startUs' | 'endUs'> = { startUs, endUs },
): Span<CauseId>[] | null {
  const known = clip(spans, startUs, endUs).map((span) =>
    // ANGLE compiles without a slice that says so; the page asked for the outcome.
    wait === 'gpu.compile' && span.value === 'gpu.validate' ? { ...span, value: wait } : span,
  );
  if (known.length === 0 && wait === null && !isBetween(spans, startUs, endUs, isDeviceTimed ? null : window)) return null;
  const lastEndUs = known.at(-1)?.endUs ?? Number.NEGATIVE_INFINITY;
  const nothingKnown = (atUs: number): CauseId => {
    // There and back again is what a blocking call costs by itself.
    if (wait !== null) return wait === 'gpu.compile' ? 'gpu.sync' : wait;
    if (atUs < lastEndUs) return 'gpu.ipc';
    return isDeviceTimed ? 'gpu.sync' : 'gpu.execute';
  };
  const gaps = subtract([{ startUs, endUs, value: null }], known).map(
    (gap): Span<CauseId> => ({ ...gap, value: nothingKnown(gap.startUs) }),
  );
  return [...known, ...gaps].sort((a, b) => a.startUs - b.startUs);
}

/** How long after the GPU's last activity a wait still counts as one for the GPU, µs. */
const NEAR_US = 20_000;

/** The GPU worked shortly before: polls of the page cut one wait into many. */
function isBetween(
  spans: readonly Span<unknown>[],
  startUs: number,
  endUs: number,
  window: Pick<Span<unknown>, 'startUs' | 'endUs'> | null,
): boolean {
  const next = firstEndingAfter(spans, startUs);
  const before = spans[next - 1];
  const after = spans[next];
  if (window && before && after && before.startUs >= window.startUs && after.endUs <= window.endUs) return true;
  return (before !== undefined && startUs - before.endUs < NEAR_US) || (after !== undefined && after.startUs < endUs + NEAR_US);
}

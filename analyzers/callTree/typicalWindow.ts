import { fact, trace } from '../input.js';
import { split } from '../partition/splitWindows.js';
import { medianWindow } from '../partition/timeline.js';

/** The window of median length. */
export interface TypicalWindow {
  /** µs on the trace clock, as the events have it. */
  readonly startUs: number;
  readonly endUs: number;
  /** Its begin after the first event of the trace, as many viewers count, ms. */
  readonly fromStartMs: number;
  /** The --mark by which it was found; null where none was given. Untrusted text. */
  readonly mark: string | null;
}

export const typicalWindow = fact('typicalWindow', (get): TypicalWindow | null => {
  const found = medianWindow(get(split).windows);
  if (!found) return null;
  const { startUs, endUs } = found.window;
  return { startUs, endUs, fromStartMs: (startUs - get(trace).reading.startUs) / 1000, mark: get.input.mark };
});

import type { Trace } from '../../src/trace/trace.js';
import { clip, union } from '../activity/spans.js';
import type { Window } from '../activity/window.js';

export interface FrameCounts {
  readonly during: { readonly frames: number; readonly dropped: number };
  readonly outside: { readonly frames: number; readonly dropped: number };
}

/**
 * Compositor frames inside and outside of windows. Only a dropped frame that affects smoothness is jank, since idle frames are
 * dropped too.
 * https://chromium.googlesource.com/chromium/src/+/refs/heads/main/cc/metrics/compositor_frame_reporter.h
 * @returns null if the trace reports no frames
 */
export function countFrames(trace: Trace, windows: readonly Window[]): FrameCounts | null {
  const { columns, length } = trace.tables.frames;
  if (length === 0) return null;
  const inWindows = union(windows);
  const during = { frames: 0, dropped: 0 };
  const outside = { frames: 0, dropped: 0 };
  for (let row = 0; row < length; row++) {
    const state = columns.state.at(row);
    if (state === 'STATE_NO_UPDATE_DESIRED') continue;
    const startUs = columns.startUs[row]!;
    const counts = clip(inWindows, startUs, startUs + columns.durationUs[row]!).length > 0 ? during : outside;
    counts.frames++;
    if (state === 'STATE_DROPPED' && columns.affectsSmoothness[row] === 1) counts.dropped++;
  }
  return { during, outside };
}

import type { Trace } from '../../src/trace/trace.js';
import type { ActivityParts } from '../activity/activityParts.js';
import type { Activity } from '../activity/callStacks.js';
import { samplesBetween } from '../activity/search.js';
import type { CauseId } from './causes/index.js';
import type { SplitWindow } from './splitWindows.js';

/** A sample of a window's owner whose cause the critical path has at that moment. A sample proves nothing where a slice or a page task overrides it. */
export interface SampleOnPath {
  /** Row of callFrames. */
  readonly frame: number;
  /** Its causes, with the part of the sample that is of each; the parts sum to 1. */
  readonly causes: readonly { readonly value: CauseId; readonly share: number }[];
}

export function* samplesOnPath(
  trace: Trace,
  windows: readonly SplitWindow[],
  activities: readonly Activity[],
  parts: ActivityParts,
): Generator<SampleOnPath> {
  const { atUs, frame: frames } = trace.tables.samples.columns;
  for (const { window, path } of windows) {
    const [from, to] = samplesBetween(trace, window.thread, window.startUs, window.endUs);
    let step = 0;
    for (let row = from; row < to; row++) {
      while (step < path.length - 1 && path[step]!.endUs <= atUs[row]!) step++;
      const frame = frames[row]!;
      const activity = activities[frame];
      if (activity === undefined || activity === 'idle') continue;
      const causes = parts[frame] ?? [{ value: activity, share: 1 }];
      if (causes.some(({ value, share }) => share > 0 && value === path[step]!.value)) yield { frame, causes };
    }
  }
}

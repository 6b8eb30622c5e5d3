import type { VideoLog } from '../../src/bundle/videoLog.js';

/** A result and the frame that it was made from. */
export interface Result {
  readonly frame: number;
  /** When it is there, ms. */
  readonly readyMs: number;
}

/** Of browsers without a screen, and of most screens. */
const VSYNC_MS = 1000 / 60;

/**
 * When results come by the latencies of inferences alone, as the video plays on its own clock. The first picture is the first frame. The next is
 * taken once the model is free: in a worker of the next frame that is due; on the main thread, which is told of no frame meanwhile, of the one
 * that is shown at the next vsync.
 *
 * It ignores all else that makes results older: vsyncs that come late, or at which the page has something else to do or no core.
 * @param latenciesMs from picture to result, in order; they begin again where the prediction needs more
 */
export function predictedResults(
  latenciesMs: readonly number[],
  on: VideoLog['rounds'][number]['on'],
  { timesMs, stretch }: Pick<VideoLog, 'timesMs' | 'stretch'>,
): Result[] {
  const results: Result[] = [];
  if (latenciesMs.length === 0) return results;
  let frame = stretch.first;
  let takenMs = timesMs[frame]!;
  for (let i = 0; frame <= stretch.last; i++) {
    const readyMs = takenMs + latenciesMs[i % latenciesMs.length]!;
    results.push({ frame, readyMs });
    const vsyncMs = Math.ceil(readyMs / VSYNC_MS) * VSYNC_MS;
    let next = frame + 1;
    if (on === 'main') while (next < stretch.last && timesMs[next + 1]! <= vsyncMs) next++;
    else while (next <= stretch.last && timesMs[next]! < readyMs) next++;
    frame = next;
    takenMs = Math.max(on === 'main' ? vsyncMs : readyMs, timesMs[next] ?? 0);
  }
  return results;
}

import type { AccuracyLog } from '../../src/bundle/accuracyLog.js';
import { FRAMES_PER_SECOND } from '../../src/detection/scene.js';

/** A frame that shows a result, and the frame whose picture that result was made from. */
export interface PredictedFrame {
  readonly frame: number;
  readonly pictureOf: number;
}

/** Of browsers without a screen, and of most screens. */
const VSYNCS_PER_SECOND = 60;
const VSYNCS_PER_FRAME = VSYNCS_PER_SECOND / FRAMES_PER_SECOND;

/**
 * What frames show by the latencies of detections alone, at 30 frames a second on a display of 60 Hz. A picture is taken at the first frame after
 * the detector is free, and its result stands until the next one comes. In a worker that frame is the next one that is due. On the main thread no
 * frame is drawn while the detector works, so it may be one that should have been there before.
 *
 * It ignores all else that makes results older: vsyncs that come late, or at which the page has something else to do or no core, and what
 * passes between a result and the page's next turn.
 * @param latenciesMs from picture to result, in order; they begin again where the prediction needs more
 * @returns frames without a result are left out
 */
export function predictedFrames(
  latenciesMs: readonly number[],
  on: AccuracyLog['rounds'][number]['on'],
  frames: number,
): PredictedFrame[] {
  if (latenciesMs.length === 0) return [];
  const predicted: PredictedFrame[] = [];
  let shown: number | null = null;
  let taken = 0;
  let takenAtVsync = 0;
  for (let i = 0; taken < frames; i++) {
    const tookMs = latenciesMs[i % latenciesMs.length]!;
    const freeAtVsync = Math.ceil(takenAtVsync + (tookMs * VSYNCS_PER_SECOND) / 1000);
    const due = freeAtVsync / VSYNCS_PER_FRAME;
    const next = Math.max(taken + 1, on === 'main' ? Math.floor(due) : Math.ceil(due));
    for (let frame = taken; shown !== null && frame < Math.min(next, frames); frame++)
      predicted.push({ frame, pictureOf: shown });
    shown = taken;
    taken = next;
    takenAtVsync = Math.max(freeAtVsync, next * VSYNCS_PER_FRAME);
  }
  return predicted;
}

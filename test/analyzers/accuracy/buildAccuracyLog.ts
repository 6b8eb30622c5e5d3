import type { AccuracyLog } from '../../../src/bundle/accuracyLog.js';
import type { Detection } from '../../../src/detection/box.js';
import { toColumns } from '../../../src/detection/foundColumns.js';
import { FRAMES_PER_SECOND, lineBoxes, SCENE_VERSION, WAY_PX } from '../../../src/detection/scene.js';
import { sizes } from '../../detection/sizes.js';

const STEP_PX = 2;

/** Finds every line, a little too high: what a detector finds after a path of the scene. */
export function findAll(pathPx: number): Detection[] {
  return lineBoxes(pathPx, sizes).map(([left, top, right, bottom], i) => ({
    box: [left, top - 1, right, bottom - 1],
    score: 0.9 - i / 100,
  }));
}

interface Live {
  readonly on: 'main' | 'worker';
  readonly speedPxPerS: number;
  /** From picture to result. On the main thread nothing is drawn meanwhile. */
  readonly latencyMs: number;
  readonly durationMs?: number;
  readonly find?: typeof findAll;
}

/** Frames begin at 33.3 ms, a picture is taken right after a frame was drawn, and a result is drawn with the next frame that is. */
export function buildLive({
  on,
  speedPxPerS,
  latencyMs,
  durationMs = 10_000,
  find = findAll,
}: Live): AccuracyLog['rounds'][number] {
  const frameMs = 1000 / FRAMES_PER_SECOND;
  const results: AccuracyLog['rounds'][number]['results'] = { frame: [], takenMs: [], readyMs: [] };
  const frames: AccuracyLog['rounds'][number]['frames'] = { atMs: [], drawn: [], result: [] };
  const found: Detection[][] = [];
  let freeMs = 0;
  let shown: number | null = null;
  for (let frame = 0; frame < (durationMs * FRAMES_PER_SECOND) / 1000; frame++) {
    const atMs = frame * frameMs;
    const isFree = atMs >= freeMs;
    const drawn = on === 'worker' || isFree;
    const ready = results.readyMs.filter((readyMs) => readyMs <= atMs).length;
    if (drawn && ready > 0) shown = ready - 1;
    frames.atMs.push(atMs);
    frames.drawn.push(drawn);
    frames.result.push(shown);
    if (!isFree) continue;
    freeMs = atMs + latencyMs;
    results.frame.push(frame);
    results.takenMs.push(atMs);
    results.readyMs.push(freeMs);
    found.push(find((frame * speedPxPerS) / FRAMES_PER_SECOND));
  }
  return { on, speedPxPerS, results, frames, found: toColumns(found) };
}

export function buildAccuracyLog(rounds: readonly Live[] = [], find = findAll): AccuracyLog {
  const pictures = Array.from({ length: WAY_PX / STEP_PX + 1 }, (_, i) => find(i * STEP_PX));
  return {
    schema: 'inferscope.accuracy/1',
    scene: { version: SCENE_VERSION, lines: [...sizes] },
    still: { stepPx: STEP_PX, found: toColumns(pictures) },
    rounds: rounds.map(buildLive),
  };
}

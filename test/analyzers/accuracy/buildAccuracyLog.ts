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

export interface Live {
  readonly round?: number;
  readonly on: 'main' | 'worker';
  readonly speedPxPerS: number;
  /** From picture to result, one after the other, again and again. On the main thread nothing is drawn meanwhile. */
  readonly latencyMs: number | readonly number[];
  readonly durationMs?: number;
  /** When the display shows its first picture. */
  readonly vsyncAtMs?: number;
  /** Vsyncs at which the page has no core, or something else to do. */
  readonly isLost?: (vsync: number) => boolean;
  readonly find?: typeof findAll;
}

const VSYNCS_PER_SECOND = 60;

/**
 * What a page logs, vsync by vsync: the frame that is due is drawn, with the newest result that is there, and if the detector is free it gets
 * that picture.
 */
export function buildLive({
  round = 0,
  on,
  speedPxPerS,
  latencyMs,
  durationMs = 10_000,
  vsyncAtMs = 0,
  isLost = () => false,
  find = findAll,
}: Live): AccuracyLog['rounds'][number] {
  const latenciesMs = [latencyMs].flat();
  const count = (durationMs * FRAMES_PER_SECOND) / 1000;
  const results: AccuracyLog['rounds'][number]['results'] = { frame: [], takenMs: [], readyMs: [] };
  const frames: AccuracyLog['rounds'][number]['frames'] = { atMs: [], drawn: [], result: [] };
  const found: Detection[][] = [];
  let freeMs = 0;
  let shown: number | null = null;
  const log = (atMs: number, drawn: boolean): void => {
    frames.atMs.push(atMs);
    frames.drawn.push(drawn);
    frames.result.push(shown);
  };
  const logUndrawn = (until: number): void => {
    while (frames.atMs.length < until) log((frames.atMs.length * 1000) / FRAMES_PER_SECOND, false);
  };
  for (let vsync = 0; ; vsync++) {
    const nowMs = vsyncAtMs + (vsync * 1000) / VSYNCS_PER_SECOND;
    const frame = Math.floor((nowMs * FRAMES_PER_SECOND) / 1000 + 1e-9);
    if (frame >= count) break;
    const isBusy = nowMs < freeMs - 1e-9;
    if (frame < frames.atMs.length || (isBusy && on === 'main') || isLost(vsync)) continue;
    logUndrawn(frame);
    const ready = results.readyMs.filter((readyMs) => readyMs <= nowMs + 1e-9).length;
    shown = ready > 0 ? ready - 1 : null;
    log(nowMs, true);
    if (isBusy) continue;
    freeMs = nowMs + latenciesMs[found.length % latenciesMs.length]!;
    results.frame.push(frame);
    results.takenMs.push(nowMs);
    results.readyMs.push(freeMs);
    found.push(find((frame * speedPxPerS) / FRAMES_PER_SECOND));
  }
  logUndrawn(count);
  return { round, on, speedPxPerS, results, frames, found: toColumns(found) };
}

/** Four pages of each place and speed, which differ by some milliseconds. */
export const fourPages = (live: Live): Live[] =>
  [0, 1, 2, 3].map((round) => ({ ...live, round, latencyMs: [live.latencyMs].flat().map((ms) => ms + 4 * round) }));

export function buildAccuracyLog(rounds: readonly Live[] = [], find = findAll): AccuracyLog {
  const pictures = Array.from({ length: WAY_PX / STEP_PX + 1 }, (_, i) => find(i * STEP_PX));
  return {
    schema: 'inferscope.accuracy/1',
    scene: { version: SCENE_VERSION, lines: [...sizes] },
    still: { stepPx: STEP_PX, found: toColumns(pictures) },
    rounds: rounds.map(buildLive),
  };
}

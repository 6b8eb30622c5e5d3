import type { LiveLog } from '../../../src/bundle/accuracyLog.js';
import type { Detection } from '../../../src/detection/box.js';
import { TEXT_LINES } from '../../../src/detection/detects.js';
import { type FoundColumns, toColumns } from '../../../src/detection/foundColumns.js';
import { drawScene, FRAMES_PER_SECOND, type LineSize, measureLines, SCENE_SIZE } from '../../../src/detection/scene.js';

/** A scene of moving text in the harness page, beside whichever realm runs the detector. */
export interface TextScene {
  lineSizes(): readonly LineSize[];
  /** Detects text in pictures that stand still, one after each path. */
  detectStill(pathsPx: readonly number[]): Promise<FoundColumns>;
  /**
   * Shows the scene by the clock. The newest picture is taken whenever the detector is free, and a result stands until the next one comes.
   */
  detectLive(speedPxPerS: number, durationMs: number): Promise<LiveLog>;
}

declare global {
  interface Window {
    textScene: TextScene;
  }
}

const { width, height } = SCENE_SIZE;

const canvas = (): CanvasRenderingContext2D => {
  const element = Object.assign(document.createElement('canvas'), { width, height });
  element.style.cssText = 'position: absolute; left: 0; top: 0';
  document.body.append(element);
  return element.getContext('2d', { willReadFrequently: true })!;
};

const picture = canvas();
/** What is found is drawn apart, so that it is in no picture. */
const overlay = canvas();
const sizes = measureLines(picture);

async function detect(): Promise<readonly Detection[]> {
  const { data: rgba } = picture.getImageData(0, 0, width, height);
  const reply = await window.inferscope.send({ type: 'detect', rgba, detects: TEXT_LINES });
  if (!reply.ok) throw new Error(reply.error);
  return (reply.value as { readonly found: readonly Detection[] }).found;
}

async function detectStill(pathsPx: readonly number[]): Promise<FoundColumns> {
  const found: (readonly Detection[])[] = [];
  for (const pathPx of pathsPx) {
    drawScene(picture, pathPx, sizes);
    found.push(await detect());
  }
  return toColumns(found);
}

function detectLive(speedPxPerS: number, durationMs: number): Promise<LiveLog> {
  const startMs = performance.now();
  const count = Math.floor((durationMs * FRAMES_PER_SECOND) / 1000);
  const frames: LiveLog['frames'] = { atMs: [], drawn: [], result: [] };
  const results: LiveLog['results'] = { frame: [], takenMs: [], readyMs: [] };
  const found: (readonly Detection[])[] = [];
  let shown: number | null = null;
  let isBusy = false;

  const log = (atMs: number, drawn: boolean): void => {
    frames.atMs.push(atMs);
    frames.drawn.push(drawn);
    frames.result.push(shown);
  };
  /** Its viewer still sees what was drawn last. */
  const logUndrawn = (until: number): void => {
    while (frames.atMs.length < until) log((frames.atMs.length * 1000) / FRAMES_PER_SECOND, false);
  };
  const show = (frame: number, nowMs: number): void => {
    shown = found.length > 0 ? found.length - 1 : null;
    drawScene(picture, (frame * speedPxPerS) / FRAMES_PER_SECOND, sizes);
    drawBoxes(found.at(-1) ?? []);
    log(nowMs, true);
  };
  const take = async (frame: number): Promise<void> => {
    const takenMs = performance.now() - startMs;
    const boxes = await detect();
    results.frame.push(frame);
    results.takenMs.push(takenMs);
    results.readyMs.push(performance.now() - startMs);
    found.push(boxes);
  };
  return new Promise((resolve, reject) => {
    const tick = (): void => {
      const nowMs = performance.now() - startMs;
      const frame = Math.floor((nowMs * FRAMES_PER_SECOND) / 1000);
      if (frame >= count) {
        logUndrawn(count);
        // A detection that is still under way belongs to this round, and must not slow the next one down.
        if (isBusy) setTimeout(tick, 1);
        else resolve({ frames, results, found: toColumns(found) });
        return;
      }
      requestAnimationFrame(tick);
      if (frame < frames.atMs.length) return;
      logUndrawn(frame);
      show(frame, nowMs);
      if (isBusy) return;
      isBusy = true;
      take(frame).then(() => {
        isBusy = false;
      }, reject);
    };
    requestAnimationFrame(tick);
  });
}

function drawBoxes(found: readonly Detection[]): void {
  overlay.clearRect(0, 0, width, height);
  overlay.strokeStyle = '#c2410c';
  for (const { box } of found) overlay.strokeRect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
}

window.textScene = { lineSizes: () => sizes, detectStill, detectLive };

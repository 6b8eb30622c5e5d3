import { EncodedPacketSink, Input, MATROSKA, MP4, QTFF, UrlSource, WEBM } from 'mediabunny';
import type { ClassifiedColumns, PlayedLog } from '../../../src/bundle/videoLog.js';
import type { ClassifiedDetection } from '../../../src/detection/box.js';
import type { Detects } from '../../../src/detection/detects.js';
import { toColumns } from '../../../src/detection/foundColumns.js';
import type { VideoFacts } from '../ownVideo.js';
import { frameAt, lengthMs } from './frameAt.js';

/** A video of the user in the harness page, beside whichever realm runs the model. */
export interface VideoScene {
  /** Loads the video. */
  open(): Promise<VideoFacts>;
  /** What is asked of the model. @param input size of its picture, px */
  use(detects: Detects, input: { readonly width: number; readonly height: number }): void;
  /** Sets the video to each frame, and finds what is in it. */
  detectStill(frames: readonly number[]): Promise<{ readonly found: ClassifiedColumns; readonly unreached: readonly number[] }>;
  /**
   * Plays the video at its own rate. The newest frame is taken whenever the model is free, and a result stands until the next one comes.
   */
  detectLive(first: number, last: number): Promise<PlayedLog & { readonly found: ClassifiedColumns }>;
}

declare global {
  interface Window {
    videoScene: VideoScene;
  }
}

const URL_OF_VIDEO = '/own-video';
/** Beyond it the video does not show the frame that it was set to. */
const SEEK_LIMIT_MS = 3000;

const video = document.createElement('video');
const overlay = document.createElement('canvas').getContext('2d')!;
const picture = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
let detects: Detects;
let timesMs: readonly number[] = [];
/** The frame that stands still; null while the video plays, or if it is not known. */
let standing: number | null = null;

async function open(): Promise<VideoFacts> {
  timesMs = await frameTimes();
  video.muted = true;
  video.preload = 'auto';
  video.style.cssText = 'position: absolute; left: 0; top: 0';
  overlay.canvas.style.cssText = video.style.cssText;
  const isReady = new Promise((resolve, reject) => {
    video.oncanplay = resolve;
    video.onerror = () => reject(new Error(`the browser cannot play it: ${video.error?.message || 'unknown format'}.`));
  });
  video.src = URL_OF_VIDEO;
  document.body.append(video, overlay.canvas);
  await isReady;
  const { videoWidth: width, videoHeight: height } = video;
  Object.assign(overlay.canvas, { width, height });
  return { width, height, timesMs };
}

/** When each frame is due, by the file itself: players tell only those that they show. */
async function frameTimes(): Promise<number[]> {
  const input = new Input({ source: new UrlSource(URL_OF_VIDEO), formats: [MP4, QTFF, WEBM, MATROSKA] });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw new Error('it has no pictures');
    const times = new Set<number>();
    const packets = new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true });
    for await (const { timestamp } of packets) times.add(timestamp * 1000);
    if (times.size === 0) throw new Error('it has no frames');
    return [...times].sort((a, b) => a - b);
  } catch (error) {
    const problem = (error as Error).message.replace(/\.$/, '');
    throw new Error(`its frames cannot be listed as those of a WebM or MP4 file: ${problem}.`);
  } finally {
    input.dispose();
  }
}

/** Sets the video to a frame. @returns whether it shows that one then */
function seek(frame: number): Promise<boolean> {
  // It would not tell of a frame that it shows already.
  if (standing === frame) return Promise.resolve(true);
  return new Promise((resolve) => {
    let waiting = 0;
    const end = (isThere: boolean): void => {
      standing = isThere ? frame : null;
      clearTimeout(timer);
      video.cancelVideoFrameCallback(waiting);
      resolve(isThere);
    };
    const timer = setTimeout(() => end(false), SEEK_LIMIT_MS);
    const wait = (): void => {
      // Before it, one that was on its way already may come.
      waiting = video.requestVideoFrameCallback((_, { mediaTime }) =>
        frameAt(timesMs, mediaTime * 1000) === frame ? end(true) : wait(),
      );
    };
    wait();
    // Beyond the middle of some frames Chromium shows the next one (seen with H.264).
    video.currentTime = (timesMs[frame]! + lengthMs(timesMs, frame) / 4) / 1000;
  });
}

/** What the model finds in the frame that the video shows, in pixels of the video. */
async function detect(): Promise<ClassifiedDetection[]> {
  const { width, height } = picture.canvas;
  picture.drawImage(video, 0, 0, width, height);
  const { data: rgba } = picture.getImageData(0, 0, width, height);
  const reply = await window.inferscope.send({ type: 'detect', rgba, detects });
  if (!reply.ok) throw new Error(reply.error);
  const { found } = reply.value as { readonly found: readonly ClassifiedDetection[] };
  const [across, down] = [video.videoWidth / width, video.videoHeight / height];
  return found.map((each) => {
    const [left, top, right, bottom] = each.box;
    return { ...each, box: [left * across, top * down, right * across, bottom * down] };
  });
}

async function detectStill(frames: readonly number[]) {
  const found: ClassifiedDetection[][] = [];
  const unreached: number[] = [];
  for (const frame of frames) {
    if (await seek(frame)) found.push(await detect());
    else unreached.push(frame);
  }
  return { found: columnsOf(found), unreached };
}

async function detectLive(first: number, last: number): ReturnType<VideoScene['detectLive']> {
  if (!(await seek(first))) throw new Error(`The video cannot be set to frame ${first}.`);
  overlay.clearRect(0, 0, video.videoWidth, video.videoHeight);
  const before = video.getVideoPlaybackQuality();
  const shown: PlayedLog['shown'] = { frame: [], atMs: [] };
  const results: PlayedLog['results'] = { frame: [], takenMs: [], readyMs: [] };
  const found: (readonly ClassifiedDetection[])[] = [];
  standing = null;
  const startMs = performance.now();
  let isOver = false;
  let taking = Promise.resolve();
  let isBusy = false;

  const take = async (frame: number): Promise<void> => {
    isBusy = true;
    const takenMs = performance.now() - startMs;
    const boxes = await detect();
    draw(boxes);
    results.frame.push(frame);
    results.takenMs.push(takenMs);
    results.readyMs.push(performance.now() - startMs);
    found.push(boxes);
    isBusy = false;
  };
  await new Promise<void>((resolve, reject) => {
    const see: VideoFrameRequestCallback = (_, { mediaTime, presentationTime }) => {
      if (isOver) return;
      const frame = frameAt(timesMs, mediaTime * 1000);
      if (frame === null || frame >= last) isOver = frame !== null;
      if (isOver) resolve();
      else video.requestVideoFrameCallback(see);
      if (frame === null || frame <= (shown.frame.at(-1) ?? -1) || frame > last) return;
      shown.frame.push(frame);
      shown.atMs.push(presentationTime - startMs);
      if (isBusy || isOver) return;
      taking = take(frame);
      taking.catch(reject);
    };
    video.requestVideoFrameCallback(see);
    video.onended = () => {
      isOver = true;
      resolve();
    };
    video.play().catch(reject);
  }).finally(() => video.pause());
  // It belongs to this round, and must not slow the next one down.
  await taking;
  const after = video.getVideoPlaybackQuality();
  const playback = {
    total: after.totalVideoFrames - before.totalVideoFrames,
    dropped: after.droppedVideoFrames - before.droppedVideoFrames,
  };
  return { shown, results, playback, found: columnsOf(found) };
}

function draw(found: readonly ClassifiedDetection[]): void {
  overlay.clearRect(0, 0, video.videoWidth, video.videoHeight);
  overlay.strokeStyle = '#c2410c';
  for (const { box } of found) overlay.strokeRect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
}

const columnsOf = (found: readonly (readonly ClassifiedDetection[])[]): ClassifiedColumns => ({
  ...toColumns(found),
  classIndex: found.flatMap((detections) => detections.map(({ classIndex }) => classIndex)),
});

window.videoScene = {
  open,
  use(asked, input) {
    detects = asked;
    Object.assign(picture.canvas, input);
  },
  detectStill,
  detectLive,
};

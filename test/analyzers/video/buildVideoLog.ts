import type { FoundInVideo, VideoLog } from '../../../src/bundle/videoLog.js';
import type { Box } from '../../../src/detection/box.js';

const FRAME_MS = 40;
export const FRAMES = 120;

export interface Thing {
  readonly category: number;
  readonly box: Box;
}

/** A square of 40 px that moves 4 px in a frame. */
export const square = (frame: number): Thing[] => [{ category: 1, box: [4 * frame, 20, 4 * frame + 40, 60] }];

interface Live {
  readonly on: 'main' | 'worker';
  readonly round?: number;
  /** From picture to result. On the main thread the page is told of no frame meanwhile. */
  readonly latencyMs: number;
}

interface Given {
  readonly what?: VideoLog['what'];
  readonly rounds?: readonly Live[];
  readonly labels?: (frame: number) => readonly Thing[];
  readonly find?: (frame: number) => readonly Thing[];
  /** Which frames are labelled. */
  readonly isLabelled?: (frame: number) => boolean;
  /** Of the labelled frames every so manieth is looked at. */
  readonly every?: number;
  readonly unreached?: readonly number[];
}

/** Frames begin every 40 ms, a picture is taken right after a frame was shown, and its result is there after the latency. */
export function buildVideoLog({
  what = 'boxes',
  rounds = [],
  labels = square,
  find = labels,
  isLabelled = () => true,
  every = 1,
  unreached = [],
}: Given = {}): VideoLog {
  const all = Array.from({ length: FRAMES }, (_, frame) => frame);
  const labelledFrames = all.filter(isLabelled);
  const rows = labelledFrames.flatMap((frame) => labels(frame).map((thing) => ({ frame, ...thing })));
  const still = labelledFrames.filter((frame, i) => i % every === 0 && !unreached.includes(frame));
  return {
    schema: 'inferscope.video/1',
    file: 'my.webm',
    labelsFile: 'my.json',
    what,
    size: { width: 600, height: 100 },
    timesMs: all.map((frame) => frame * FRAME_MS),
    stretch: { first: labelledFrames[0]!, last: labelledFrames.at(-1)! },
    numberedBy: 'frame_index',
    categories: [
      { id: 1, name: 'square' },
      { id: 2, name: 'circle' },
    ],
    labelledFrames,
    labels: {
      frame: rows.map(({ frame }) => frame),
      category: rows.map(({ category }) => category),
      left: rows.map(({ box }) => box[0]),
      top: rows.map(({ box }) => box[1]),
      right: rows.map(({ box }) => box[2]),
      bottom: rows.map(({ box }) => box[3]),
    },
    still: { every, frames: still, unreached: [...unreached], found: columns(still.map(find)) },
    rounds: rounds.map((live) => played(live, find)),
  };
}

function played({ on, round = 0, latencyMs }: Live, find: (frame: number) => readonly Thing[]): VideoLog['rounds'][number] {
  const shown: VideoLog['rounds'][number]['shown'] = { frame: [], atMs: [] };
  const results: VideoLog['rounds'][number]['results'] = { frame: [], takenMs: [], readyMs: [] };
  let freeMs = 0;
  for (let frame = 0; frame < FRAMES; frame++) {
    const atMs = frame * FRAME_MS;
    const isFree = atMs >= freeMs;
    if (on === 'main' && !isFree) continue;
    shown.frame.push(frame);
    shown.atMs.push(atMs);
    if (!isFree) continue;
    freeMs = atMs + latencyMs;
    results.frame.push(frame);
    results.takenMs.push(atMs);
    results.readyMs.push(freeMs);
  }
  return { round, on, shown, results, playback: { total: FRAMES, dropped: 0 }, found: columns(results.frame.map(find)) };
}

function columns(found: readonly (readonly Thing[])[]): FoundInVideo {
  const rows = found.flatMap((things, picture) => things.map((thing) => ({ picture, ...thing })));
  return {
    picture: rows.map(({ picture }) => picture),
    left: rows.map(({ box }) => box[0]),
    top: rows.map(({ box }) => box[1]),
    right: rows.map(({ box }) => box[2]),
    bottom: rows.map(({ box }) => box[3]),
    score: rows.map(() => 0.9),
    category: rows.map(({ category }) => category),
  };
}

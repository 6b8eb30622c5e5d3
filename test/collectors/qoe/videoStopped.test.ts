import { beforeEach, expect, test, vi } from 'vitest';
import type { HarnessSession } from '../../../collectors/harness/session.js';
import type { PassContext } from '../../../collectors/passContext.js';
import { silent } from '../../../collectors/progress.js';
import type { OwnVideo } from '../../../collectors/qoe/ownVideo.js';
import { videoRounds } from '../../../collectors/qoe/videoRounds.js';
import type { VideoLog } from '../../../src/bundle/videoLog.js';
import { readCocoLabels } from '../../../src/detection/cocoLabels.js';

const FRAMES = 40;
const found = (frames: readonly number[]) => ({
  picture: frames.map((_, i) => i),
  left: frames.map((frame) => frame),
  top: frames.map(() => 0),
  right: frames.map((frame) => frame + 10),
  bottom: frames.map(() => 10),
  score: frames.map(() => 0.5),
  classIndex: frames.map(() => 0),
});
const whole = () => ({
  shown: { frame: [0, 1, 2], atMs: [0, 40, 80] },
  results: { frame: [0], takenMs: [1], readyMs: [30] },
  playback: { total: 3, dropped: 0 },
  found: found([0]),
});

/** The page answers as if the model found everything, or as told. */
const page = vi.hoisted(() => ({ live: async (): Promise<unknown> => null, unreached: [] as number[] }));
vi.mock('../../../collectors/harness/session.js', () => ({
  openHarness: async (): Promise<Partial<HarnessSession>> => ({
    open: async () => ({ frameworkVersion: '1', crossOriginIsolated: true, hardwareConcurrency: 2 }),
    setup: async () => ({ ms: 1, threads: 1, note: null }),
    whileOpen: (work) => work,
    close: async () => undefined,
    page: {
      addScriptTag: async () => null,
      waitForFunction: async () => null,
      evaluate: async (_: unknown, asked?: readonly number[] | object) => {
        if (asked === undefined) return { width: 100, height: 50, timesMs: Array.from({ length: FRAMES }, (_, i) => 40 * i) };
        if ('detects' in asked) return;
        if (!Array.isArray(asked)) return page.live();
        const reached = (asked as number[]).filter((frame) => !page.unreached.includes(frame));
        return { found: found(reached), unreached: page.unreached.filter((frame) => asked.includes(frame)) };
      },
    } as unknown as HarnessSession['page'],
  }),
}));
beforeEach(() => {
  page.live = async () => whole();
  page.unreached = [];
});

const labels = readCocoLabels(
  JSON.stringify({
    images: Array.from({ length: FRAMES }, (_, id) => ({ id, width: 100, height: 50 })),
    annotations: Array.from({ length: FRAMES }, (_, id) => ({ image_id: id, category_id: 3, bbox: [id, 0, 10, 10] })),
    categories: [{ id: 3, name: 'square' }],
  }),
  'labels.json',
);
const video: OwnVideo = { path: 'folder/my.webm', labels, categoryOf: new Map([[0, 3]]) };
const PLAN = { mostMs: 10_000, mostStill: 300, stillMs: 1e9, rounds: 2, settlingMs: 0 };

async function pass(plan = PLAN, signal = new AbortController().signal) {
  const logs: VideoLog[] = [];
  const collectors: Record<string, { outcome: string; detail: string }> = {};
  const context = {
    options: { on: 'worker', seed: 1, model: { detects: { what: 'boxes', pixels: '0..1', corners: 'xyxy', scale: 'pixels' } } },
    workload: { inputs: [{ name: 'x', type: 'float32', shape: [1, 3, 32, 32] }] },
    record: { manifest: { collectors }, writer: { video: async (log: VideoLog) => logs.push(log) } },
    progress: silent,
    signal,
  } as unknown as PassContext;
  const error = await videoRounds(video, context, plan).then(
    () => null,
    (thrown: Error) => thrown.message,
  );
  return { log: logs[0], entry: collectors.video!, error };
}

test('the video plays in a fresh page of each kind a round, and what is found has the categories of the labels', async () => {
  const { log, entry } = await pass();
  expect(entry).toMatchObject({ outcome: 'done', detail: expect.stringContaining('4 fresh pages') });
  expect(log!.rounds.map(({ round, on }) => `${round} ${on}`).sort()).toEqual(['0 main', '0 worker', '1 main', '1 worker']);
  expect([log!.file, log!.labelsFile, log!.stretch]).toEqual(['my.webm', 'labels.json', { first: 0, last: FRAMES - 1 }]);
  expect(new Set(log!.still.found.category)).toEqual(new Set([3]));
  expect(log!.still.found.left).toEqual(log!.still.frames);
});

test('of many frames every n-th is looked at, and of a long video a part is played', async () => {
  const { log } = await pass({ ...PLAN, mostStill: 10, mostMs: 800 });
  expect(log!.stretch).toEqual({ first: 0, last: 20 });
  expect(log!.labelledFrames).toHaveLength(21);
  expect([log!.still.every, log!.still.frames]).toEqual([3, [0, 3, 6, 9, 12, 15, 18]]);
});

test('frames that the video cannot be set to are told and left out, and most of them are too many', async () => {
  page.unreached = [5, 20];
  const { log, entry } = await pass();
  expect([entry.outcome, log!.still.unreached]).toEqual(['done', [5, 20]]);
  expect(log!.still.frames).toEqual(Array.from({ length: FRAMES }, (_, i) => i).filter((i) => i !== 5 && i !== 20));
  expect(log!.still.found.left).toEqual(log!.still.frames);
  expect(log!.still.found.picture).toEqual(log!.still.frames.map((_, i) => i));
  page.unreached = [0, 1, 2, 3, 4];
  const lost = await pass();
  expect([lost.log, lost.error, lost.entry.outcome]).toEqual([undefined, null, 'failed']);
  expect(lost.entry.detail).toMatch(/does not show the frames that the video is set to/);
});

test('rounds that were whole when the run was stopped are kept', async () => {
  const stop = new AbortController();
  let rounds = 0;
  page.live = async () => {
    if (++rounds < 3) return whole();
    stop.abort('SIGINT');
    throw new Error('The run was stopped.');
  };
  const { log, error } = await pass(PLAN, stop.signal);
  expect([error, log!.rounds.length]).toEqual(['The run was stopped.', 2]);
});

test('a round that the page tells wrongly is not taken, and the run goes on', async () => {
  page.live = async () => ({ ...whole(), results: { frame: [1], takenMs: [], readyMs: [] } });
  const { log, entry, error } = await pass();
  expect([error, entry.outcome, log!.rounds.length]).toEqual([null, 'failed', 0]);
});

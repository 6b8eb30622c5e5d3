import { median } from 'simple-statistics';
import { type FoundInVideo, playedSchema, type VideoLog, videoLogSchema } from '../../src/bundle/videoLog.js';
import type { Detects } from '../../src/detection/detects.js';
import { pictureInputOf } from '../../src/detection/pictureInput.js';
import { random } from '../../src/stats/random.js';
import { shuffled } from '../../src/stats/shuffled.js';
import { plural } from '../../src/view/format.js';
import { CollectError } from '../collectError.js';
import { type HarnessSession, openHarness } from '../harness/session.js';
import type { PassContext } from '../passContext.js';
import { SETTLING_MS, settle } from '../timing/timingRounds.js';
import { type OwnVideo, requireMatch, stretchOf, taskFrames, type VideoFacts } from './ownVideo.js';
import { foundBy, headOf, joined, labelsOf, shifted } from './videoLogParts.js';

type Context = Omit<PassContext, 'picked'>;
type Realm = VideoLog['rounds'][number]['on'];

const REALMS: readonly Realm[] = ['main', 'worker'];
/** Frames that the model looks at between two looks at the progress. */
const AT_A_TIME = 8;

/** What is shown to the model. */
export interface VideoPlan {
  /** So much of the video is played. */
  readonly mostMs: number;
  /** Labelled frames that are looked at while they stand still: of more, every n-th. */
  readonly mostStill: number;
  /** Time that they may take, too. */
  readonly stillMs: number;
  /** Fresh pages in which the video plays, for each place where the model runs. */
  readonly rounds: number;
  /** Time for a page to settle before what it shows counts. */
  readonly settlingMs: number;
}

const PLAN: VideoPlan = { mostMs: 20_000, mostStill: 300, stillMs: 120_000, rounds: 4, settlingMs: SETTLING_MS };

/** Looks whether the browser plays the video, and whether the labels are of it. @throws CollectError, LabelsError */
export async function checkVideo(video: OwnVideo, { browser, server, signal }: Pick<Context, 'browser' | 'server' | 'signal'>) {
  const session = await openHarness(browser, server, signal);
  try {
    await session.whileOpen(session.page.goto(server.origin, { waitUntil: 'load' }));
    await openVideo(session, video);
  } finally {
    await session.close().catch(() => {});
  }
}

/**
 * How accurate a model is for a viewer of a video whose labels the user gave: what it finds in frames that stand still, and what is shown of
 * that while the video plays, with the model in the page and in a worker, in rounds of random order, each time in a fresh page. What was made
 * to its end is kept. If it fails, the run has not failed.
 */
export async function videoRounds(video: OwnVideo, context: Context, plan = PLAN): Promise<void> {
  const { record, signal } = context;
  const { collectors } = record.manifest;
  const rounds: VideoLog['rounds'] = [];
  let begun: Omit<VideoLog, 'rounds'> | null = null;
  try {
    begun = await detectStill(video, context, plan);
    await playRounds(rounds, begun.stretch, video, context, plan);
    collectors.video = { outcome: 'done', detail: describe(rounds) };
  } catch (error) {
    if (signal.aborted) throw error;
    const detail = `How accurate results are in the video could not be measured to the end: ${(error as Error).message}`;
    collectors.video = { outcome: 'failed', detail };
  } finally {
    if (begun) await record.writer.video(videoLogSchema.parse({ ...begun, rounds } satisfies VideoLog));
  }
}

/** Finds what is in frames of the video that stand still. */
async function detectStill(video: OwnVideo, context: Context, plan: VideoPlan): Promise<Omit<VideoLog, 'rounds'>> {
  const { progress, options } = context;
  progress.step('Looking at frames of the video');
  return withVideo(options.on, video, context, async (session, facts) => {
    const frames = taskFrames(video, detectsOf(context));
    const stretch = stretchOf(frames, facts, plan.mostMs);
    const labelled = frames.map(({ frame }) => frame).filter((frame) => frame <= stretch.last);
    const tookMs = await settle(() => detectOnce(session, stretch.first), plan.settlingMs);
    // The first one is the warm-up.
    const usualMs = median(tookMs.slice(1));
    const every = Math.max(1, Math.ceil(Math.max(labelled.length / plan.mostStill, (labelled.length * usualMs) / plan.stillMs)));
    const asked = labelled.filter((_, i) => i % every === 0);
    const unreached: number[] = [];
    const parts: FoundInVideo[] = [];
    for (let from = 0; from < asked.length; from += AT_A_TIME) {
      progress.advance(from / asked.length, `${from} of ${plural(asked.length, 'frame')}`);
      const told = await still(session, asked.slice(from, from + AT_A_TIME));
      parts.push(shifted(foundBy(told.found, video), from - unreached.length));
      unreached.push(...told.unreached);
      if (2 * unreached.length > Math.min(from + AT_A_TIME, asked.length)) throw new CollectError(UNREACHED);
    }
    return {
      schema: 'inferscope.video/1',
      ...headOf(video, detectsOf(context).what, facts),
      stretch,
      ...labelsOf(frames.filter(({ frame }) => frame <= stretch.last)),
      still: { every, frames: asked.filter((frame) => !unreached.includes(frame)), unreached, found: joined(parts) },
    };
  });
}

const UNREACHED =
  'the browser does not show the frames that the video is set to. Encode it anew, with a constant frame rate and key frames.';

/** Plays the video in a fresh page for each place where the model runs, round by round. */
async function playRounds(
  rounds: VideoLog['rounds'],
  { first, last }: VideoLog['stretch'],
  video: OwnVideo,
  context: Context,
  plan: VideoPlan,
): Promise<void> {
  const { progress, options } = context;
  progress.step('Playing the video');
  const next = random(options.seed);
  const total = plan.rounds * REALMS.length;
  for (let round = 0; round < plan.rounds; round++) {
    for (const on of shuffled(REALMS, next)) {
      const where = on === 'main' ? 'on the main thread' : 'in a worker';
      progress.advance(rounds.length / total, `${rounds.length} of ${total} pages, now ${where}`);
      await withVideo(on, video, context, async (session) => {
        await settle(() => detectOnce(session, first), plan.settlingMs);
        const asked = { first, last };
        const told = await session.whileOpen(
          session.page.evaluate((stretch) => window.videoScene.detectLive(stretch.first, stretch.last), asked),
        );
        rounds.push({ round, on, ...playedSchema.parse(told), found: foundBy(told.found, video) });
      });
    }
  }
}

/** Opens a fresh page with the video, and the model set up in it. */
async function withVideo<T>(
  on: Realm,
  video: OwnVideo,
  context: Context,
  action: (session: HarnessSession, facts: VideoFacts) => Promise<T>,
): Promise<T> {
  const { browser, server, signal, workload } = context;
  const detects = detectsOf(context);
  const { width, height } = video.labels;
  const shape = detects.what === 'text-lines' ? textShape(width, height) : [...workload.inputs[0]!.shape];
  const input = { ...workload.inputs[0]!, shape };
  const session = await openHarness(browser, server, signal);
  try {
    await session.open(on, { ...workload, inputs: [input] });
    await session.setup();
    const facts = await openVideo(session, video);
    const size = pictureInputOf(input);
    if (!size) throw new CollectError('the input of the model takes no picture.');
    const asked = { detects, input: { width: size.width, height: size.height } };
    await session.whileOpen(session.page.evaluate((given) => window.videoScene.use(given.detects, given.input), asked));
    return await action(session, facts);
  } finally {
    await session.close().catch(() => {});
  }
}

/** @throws CollectError if the browser cannot play it; LabelsError if the labels are of another one */
async function openVideo({ page, whileOpen }: HarnessSession, video: OwnVideo): Promise<VideoFacts> {
  await whileOpen(page.addScriptTag({ url: '/harness/videoScene.js', type: 'module' }));
  await whileOpen(page.waitForFunction(() => 'videoScene' in window));
  const facts = await whileOpen(page.evaluate(() => window.videoScene.open())).catch((error: Error) => {
    if (error instanceof CollectError) throw error;
    throw new CollectError(`${video.path} cannot be used: ${pageMessage(error)}`);
  });
  requireMatch(video, facts);
  return facts;
}

/** What was thrown in the page, without the driver's words and stack around it. */
const pageMessage = ({ message }: Error): string => message.replace(/^.*?Error: /, '').split('\n', 1)[0]!;

/** Longer sides are made as long as this, as PaddleOCR does by default (limit_side_len). */
const MOST_SIDE = 960;
/** Text detectors halve a picture five times. */
const SIDE_STEP = 32;

/** Shape of the input of a text detector, which may have any size that it can halve. */
function textShape(width: number, height: number): number[] {
  const scale = Math.min(1, MOST_SIDE / Math.max(width, height));
  return [1, 3, ...[height, width].map((side) => Math.max(SIDE_STEP, Math.round((side * scale) / SIDE_STEP) * SIDE_STEP))];
}

async function still(session: HarnessSession, frames: readonly number[]) {
  const { found, unreached } = await session.whileOpen(
    session.page.evaluate((asked) => window.videoScene.detectStill(asked), [...frames]),
  );
  const known = new Set(frames);
  return { found, unreached: unreached.filter((frame) => known.has(frame)) };
}

/** @returns the latency of one detection, with setting the video to the frame, ms */
async function detectOnce(session: HarnessSession, frame: number): Promise<readonly number[]> {
  const startMs = performance.now();
  await still(session, [frame]);
  return [performance.now() - startMs];
}

/** The command line asks for it where a video is given. */
const detectsOf = ({ options }: Context): Detects => options.model.detects!;

const describe = (rounds: VideoLog['rounds']): string =>
  `frames that stand still, and the video played in ${plural(rounds.length, 'fresh page')}`;

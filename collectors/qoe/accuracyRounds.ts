import { median } from 'simple-statistics';
import { type AccuracyLog, accuracyLogSchema, foundSchema, lineSizesSchema, liveSchema } from '../../src/bundle/accuracyLog.js';
import { type FoundColumns, fromColumns, toColumns } from '../../src/detection/foundColumns.js';
import { SCENE_SIZE, SCENE_VERSION, WAY_PX } from '../../src/detection/scene.js';
import { random } from '../../src/stats/random.js';
import { shuffled } from '../../src/stats/shuffled.js';
import { plural } from '../../src/view/format.js';
import { type HarnessSession, openHarness } from '../harness/session.js';
import type { PassContext } from '../passContext.js';
import { SETTLING_MS, settle } from '../timing/timingRounds.js';

type Context = Omit<PassContext, 'picked'>;
type Realm = AccuracyLog['rounds'][number]['on'];

const REALMS: readonly Realm[] = ['main', 'worker'];
/** Pictures that are detected between two looks at the progress. */
const AT_A_TIME = 8;

const NO_LABELS =
  'How accurate results are when they are shown was not measured: it needs a model whose right answers are known, which are so far those of text detectors (ppocr-det), as inputs that are drawn by a seed have none. Of others, give a video with labels (--video, --labels).';

/** What is shown to the detector. */
export interface AccuracyPlan {
  /** Between two pictures that stand still. It divides what the lines move in a frame, so that each live picture is one of these. */
  readonly stepPx: number;
  readonly speedsPxPerS: readonly number[];
  /** Fresh pages in which the scene moves, for each place where the model runs. */
  readonly rounds: number;
  /** Time of each speed in a page. */
  readonly roundMs: number;
  /** Time for a page to settle before what it shows counts. */
  readonly settlingMs: number;
  /** With a slower detector the pass would take too long, and hardly anything that it shows would be right. */
  readonly slowestMs: number;
}

/** At the lower speed the lines go all their way and back in 2.7 s. Pages differ more than the seconds of one, so there are many short rounds. */
const PLAN: AccuracyPlan = {
  stepPx: 2,
  speedsPxPerS: [60, 120],
  rounds: 4,
  roundMs: 3000,
  settlingMs: SETTLING_MS,
  slowestMs: 1000,
};

/**
 * How accurate a text detector is for a viewer: what it finds in pictures that stand still, and what is shown of that while the scene moves,
 * with the model in the page and in a worker, in rounds of random order, each time in a fresh page with all speeds. What was made to its end is
 * kept. If it fails, the run has not failed.
 */
export async function accuracyRounds(context: Context, plan = PLAN): Promise<void> {
  const { record, signal } = context;
  const { collectors } = record.manifest;
  const { detects } = context.options.model;
  if (detects?.what !== 'text-lines') {
    collectors.accuracy = { outcome: 'unavailable', detail: NO_LABELS };
    return;
  }
  const rounds: AccuracyLog['rounds'] = [];
  let begun: Omit<AccuracyLog, 'rounds'> | null = null;
  try {
    begun = await detectStill(context, plan);
    await detectRounds(rounds, context, plan);
    collectors.accuracy = { outcome: 'done', detail: describe(rounds) };
  } catch (error) {
    if (signal.aborted) throw error;
    const detail = `How accurate results are when they are shown could not be measured to the end: ${(error as Error).message}`;
    collectors.accuracy = { outcome: error instanceof TooSlow ? 'unavailable' : 'failed', detail };
  } finally {
    if (begun) await record.writer.accuracy(accuracyLogSchema.parse({ ...begun, rounds } satisfies AccuracyLog));
  }
}

/** Detects text in pictures that show the lines all along their way. */
async function detectStill(context: Context, plan: AccuracyPlan): Promise<Omit<AccuracyLog, 'rounds'>> {
  const { stepPx } = plan;
  const { progress, options } = context;
  progress.step('Detecting text in a scene that stands still');
  return withScene(options.on, context, async (session) => {
    await refuseSlow(session, plan);
    const pathsPx = Array.from({ length: WAY_PX / stepPx + 1 }, (_, i) => i * stepPx);
    const found: ReturnType<typeof fromColumns> = [];
    for (let from = 0; from < pathsPx.length; from += AT_A_TIME) {
      progress.advance(from / pathsPx.length, `${from} of ${pathsPx.length} pictures`);
      const asked = pathsPx.slice(from, from + AT_A_TIME);
      found.push(...fromColumns(await still(session, asked), asked.length));
    }
    const lines = lineSizesSchema.parse(await session.whileOpen(session.page.evaluate(() => window.textScene.lineSizes())));
    return {
      schema: 'inferscope.accuracy/1',
      scene: { version: SCENE_VERSION, lines },
      still: { stepPx, found: toColumns(found) },
    };
  });
}

/** Detects text while the scene moves, in a fresh page for each place where the model runs, round by round. */
async function detectRounds(rounds: AccuracyLog['rounds'], context: Context, plan: AccuracyPlan): Promise<void> {
  const { progress, options } = context;
  progress.step('Detecting text in a scene that moves');
  const next = random(options.seed);
  const total = plan.rounds * REALMS.length;
  for (let round = 0; round < plan.rounds; round++) {
    for (const [i, on] of shuffled(REALMS, next).entries()) {
      const made = round * REALMS.length + i;
      progress.advance(made / total, `${made} of ${total} pages, now ${on === 'main' ? 'on the main thread' : 'in a worker'}`);
      await detectLive({ round, on }, shuffled(plan.speedsPxPerS, next), rounds, context, plan);
    }
  }
}

/** Detects text while the scene moves in a fresh page, at one speed after the other. */
async function detectLive(
  { round, on }: { readonly round: number; readonly on: Realm },
  speedsPxPerS: readonly number[],
  rounds: AccuracyLog['rounds'],
  context: Context,
  { roundMs, settlingMs }: AccuracyPlan,
): Promise<void> {
  await withScene(on, context, async (session) => {
    await settle(() => detectOnce(session), settlingMs);
    for (const speedPxPerS of speedsPxPerS) {
      const asked = { speedPxPerS, roundMs };
      const told = session.page.evaluate((given) => window.textScene.detectLive(given.speedPxPerS, given.roundMs), asked);
      rounds.push({ round, on, speedPxPerS, ...liveSchema.parse(await session.whileOpen(told)) });
    }
  });
}

/** Opens a fresh page with the scene, and the model set up in it. */
async function withScene<T>(on: Realm, context: Context, action: (session: HarnessSession) => Promise<T>): Promise<T> {
  const { browser, server, signal, workload } = context;
  const session = await openHarness(browser, server, signal);
  try {
    const shape = [1, 3, SCENE_SIZE.height, SCENE_SIZE.width];
    await session.open(on, { ...workload, inputs: workload.inputs.map((input) => ({ ...input, shape })) });
    await session.setup();
    await session.whileOpen(session.page.addScriptTag({ url: '/harness/textScene.js', type: 'module' }));
    return await action(session);
  } finally {
    await session.close().catch(() => {});
  }
}

async function still(session: HarnessSession, pathsPx: readonly number[]): Promise<FoundColumns> {
  const told = session.page.evaluate((paths) => window.textScene.detectStill(paths), [...pathsPx]);
  return foundSchema.parse(await session.whileOpen(told));
}

/** @returns the latency of one detection, ms */
async function detectOnce(session: HarnessSession): Promise<readonly number[]> {
  const startMs = performance.now();
  await still(session, [0]);
  return [performance.now() - startMs];
}

class TooSlow extends Error {}

/** Measures the latency of a detection. @throws TooSlow */
async function refuseSlow(session: HarnessSession, { slowestMs, settlingMs }: AccuracyPlan): Promise<void> {
  const tookMs = await settle(() => detectOnce(session), settlingMs);
  // The first one is the warm-up.
  const usualMs = median(tookMs.slice(1));
  if (usualMs > slowestMs) throw new TooSlow(`a detection takes ${Math.round(usualMs)} ms, and many are needed.`);
}

const describe = (rounds: AccuracyLog['rounds']): string =>
  `pictures that stand still, and ones that move in ${plural(new Set(rounds.map(({ round, on }) => `${round} ${on}`)).size, 'fresh page')}`;

import { median } from 'simple-statistics';
import { type AccuracyLog, accuracyLogSchema, foundSchema, lineSizesSchema, liveSchema } from '../../src/bundle/accuracyLog.js';
import { type FoundColumns, fromColumns, toColumns } from '../../src/detection/foundColumns.js';
import { SCENE_SIZE, SCENE_VERSION, WAY_PX } from '../../src/detection/scene.js';
import { type HarnessSession, openHarness } from '../harness/session.js';
import type { PassContext } from '../passContext.js';

type Context = Omit<PassContext, 'picked'>;
type Realm = AccuracyLog['rounds'][number]['on'];

const REALMS: readonly Realm[] = ['main', 'worker'];
/** Pictures before those that count, while code is still being compiled. */
const SETTLING = 4;
/** Pictures that are detected between two looks at the progress. */
const AT_A_TIME = 8;

const NO_LABELS =
  'How accurate results are when they are shown was not measured: it needs a model whose right answers are known, which are so far those of text detectors (ppocr-det), as inputs that are drawn by a seed have none.';

/** What is shown to the detector. */
export interface AccuracyPlan {
  /** Between two pictures that stand still. It divides what the lines move in a frame, so that each live picture is one of these. */
  readonly stepPx: number;
  readonly speedsPxPerS: readonly number[];
  readonly roundMs: number;
  /** With a slower detector the pass would take too long, and hardly anything that it shows would be right. */
  readonly slowestMs: number;
}

const PLAN: AccuracyPlan = { stepPx: 2, speedsPxPerS: [60, 120], roundMs: 10_000, slowestMs: 1000 };

/**
 * How accurate a text detector is for a viewer: what it finds in pictures that stand still, and what is shown of that while the scene moves,
 * with the model in the page and in a worker, in a fresh page each. What was made to its end is kept. If it fails, the run has not failed.
 */
export async function accuracyRounds(context: Context, plan = PLAN): Promise<void> {
  const { record, signal } = context;
  const { collectors } = record.manifest;
  const { detects } = context.options.model;
  if (detects !== 'text-lines') {
    collectors.accuracy = { outcome: 'unavailable', detail: NO_LABELS };
    return;
  }
  const rounds: AccuracyLog['rounds'] = [];
  let begun: Omit<AccuracyLog, 'rounds'> | null = null;
  try {
    begun = await detectStill(context, plan);
    for (const on of REALMS) await detectLive(on, rounds, context, plan);
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
async function detectStill(context: Context, { stepPx, slowestMs }: AccuracyPlan): Promise<Omit<AccuracyLog, 'rounds'>> {
  const { progress, options } = context;
  progress.step('Detecting text in a scene that stands still');
  return withScene(options.on, context, async (session) => {
    await refuseSlow(session, slowestMs);
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

/** Detects text while the scene moves, at one speed after the other. */
async function detectLive(
  on: Realm,
  rounds: AccuracyLog['rounds'],
  context: Context,
  { speedsPxPerS, roundMs }: AccuracyPlan,
): Promise<void> {
  const { progress } = context;
  progress.step(`Detecting text in a scene that moves, ${on === 'main' ? 'on the main thread' : 'in a worker'}`);
  await withScene(on, context, async (session) => {
    await still(session, new Array<number>(SETTLING).fill(0));
    for (const [i, speedPxPerS] of speedsPxPerS.entries()) {
      progress.advance(i / speedsPxPerS.length, `${speedPxPerS} px/s`);
      const asked = { speedPxPerS, roundMs };
      const told = session.page.evaluate((round) => window.textScene.detectLive(round.speedPxPerS, round.roundMs), asked);
      rounds.push({ on, speedPxPerS, ...liveSchema.parse(await session.whileOpen(told)) });
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

class TooSlow extends Error {}

/** Measures the latency of a detection. @throws TooSlow */
async function refuseSlow(session: HarnessSession, slowestMs: number): Promise<void> {
  const tookMs: number[] = [];
  for (let i = 0; i < SETTLING; i++) {
    const startMs = performance.now();
    await still(session, [0]);
    tookMs.push(performance.now() - startMs);
  }
  // The first one is the warm-up.
  const usualMs = median(tookMs.slice(1));
  if (usualMs > slowestMs) throw new TooSlow(`a detection takes ${Math.round(usualMs)} ms, and many are needed.`);
}

const describe = (rounds: AccuracyLog['rounds']): string =>
  `pictures that stand still, and ${rounds.map(({ on, speedPxPerS }) => `${speedPxPerS} px/s (${on})`).join(', ')}`;

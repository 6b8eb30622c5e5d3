import { join } from 'node:path';
import { conditionWords, isGpuCondition, type QoeCondition, usualConditions } from '../../src/bundle/qoeConditions.js';
import { type QoeLog, roundFolder, roundMeasure } from '../../src/bundle/qoeLog.js';
import { random } from '../../src/stats/random.js';
import { shuffled } from '../../src/stats/shuffled.js';
import { launchFor } from '../browser/launchBrowser.js';
import { drawingFacts } from '../browser/ownFacts.js';
import { whileConnected } from '../browser/whileConnected.js';
import { isGpuBackend } from '../frameworks.js';
import type { Workload } from '../harness/protocol.js';
import { openHarness } from '../harness/session.js';
import type { PassContext } from '../passContext.js';
import type { ProtocolSession } from '../protocolSession.js';
import { settle } from '../timing/timingRounds.js';
import { accuracyRounds } from './accuracyRounds.js';
import type { QoeOptions } from './qoeOptions.js';
import { openPage, useRound } from './useRound.js';
import { videoRounds } from './videoRounds.js';

type Context = Omit<PassContext, 'picked'>;

/** Until code is compiled, a page is slower than it will be. */
const SETTLING_MS = 1000;

/**
 * Quality of experience while inference runs: a page with a list that is used by real input, two animations and a video, without
 * inference, with it on the main thread, and in a worker, and where that is asked for on a GPU. All conditions take turns in random
 * order, each in a fresh page.
 * Then how accurate the model is by the time that its results are shown: in a scene of text, or in a video of the user. If it fails, the run
 * has not failed, and the rounds made so far are kept.
 */
export async function qoePass(options: QoeOptions, context: Context): Promise<void> {
  const { record, progress, signal } = context;
  const { collectors } = record.manifest;
  progress.step('Using a page while inference runs');
  const log: QoeLog = {
    schema: 'inferscope.qoe/1',
    seed: context.options.seed,
    duty: options.duty,
    ratePerSecond: options.ratePerSecond,
    roundsAsked: options.rounds,
    conditions: [...usualConditions, ...options.backends],
    gpuCompositing: null,
    renderer: null,
    noVideo: null,
    rounds: [],
  };
  try {
    await withBrowser(options, context, (own) => makeRounds(options, own, log));
    collectors.qoe = { outcome: 'done', detail: contents(log) };
  } catch (error) {
    if (log.rounds.length > 0) await record.writer.qoe(log);
    if (signal.aborted) throw error;
    const before = log.rounds.length > 0 ? ` after ${contents(log)}` : '';
    collectors.qoe = {
      outcome: 'failed',
      detail: `What a user of the page gets could not be recorded to its end${before}: ${(error as Error).message}`,
    };
  }
  await (options.video ? videoRounds(options.video, context) : accuracyRounds(context));
}

const contents = ({ rounds }: QoeLog): string => `${rounds.length} rounds of a page that is used`;

/**
 * Does something in the run’s browser, or in one of its own with the switches of a GPU, if only conditions need one: what is compared must
 * not differ in its browser, too.
 */
async function withBrowser(
  { backends }: QoeOptions,
  context: Context,
  action: (context: Context) => Promise<void>,
): Promise<void> {
  const [backend] = backends;
  if (backend === undefined || isGpuBackend(context.options.backend)) return action(context);
  const { browser } = await launchFor(backend);
  try {
    await action({ ...context, browser });
  } finally {
    await browser.close().catch(() => {});
  }
}

async function makeRounds(options: QoeOptions, context: Context, log: QoeLog): Promise<void> {
  const { record, progress, browser } = context;
  const next = random(log.seed);
  const session = await whileConnected(browser, browser.newBrowserCDPSession());
  Object.assign(log, await whileConnected(browser, drawingFacts(session as ProtocolSession)));
  log.noVideo = await video(context);
  if (log.noVideo !== null) progress.note(`The page has no video: ${log.noVideo}`);
  const total = options.rounds * log.conditions.length;
  for (let round = 0; round < options.rounds; round++) {
    for (const condition of shuffled(log.conditions, next)) {
      progress.advance(log.rounds.length / total, `${log.rounds.length} of ${total} rounds, now ${inWords(condition)}`);
      log.rounds.push(await makeRound(round, condition, options, context, log.noVideo === null, next));
      await record.writer.qoe(log);
    }
  }
}

const inWords = (condition: QoeCondition): string =>
  `${condition === 'none' ? '' : 'with inference '}${conditionWords[condition].phrase}`;

/** Has the page make its video. @returns null, or why it has none */
async function video(context: Context): Promise<string | null> {
  const session = await openHarness(context.browser, context.server, context.signal);
  try {
    await openPage(context.browser, session.page, context.server.origin);
    return await whileConnected(
      context.browser,
      session.page.evaluate(() => window.inferscopeQoe.makeVideo()),
    );
  } finally {
    await session.close().catch(() => {});
  }
}

async function makeRound(
  round: number,
  condition: QoeCondition,
  { duty, ratePerSecond, secondsPerRound }: QoeOptions,
  context: Context,
  hasVideo: boolean,
  next: () => number,
): Promise<QoeLog['rounds'][number]> {
  const { browser, server, workload, record, signal } = context;
  const session = await openHarness(browser, server, signal);
  try {
    if (condition !== 'none') {
      await session.open(condition === 'worker' ? 'worker' : 'main', workloadIn(condition, workload));
      await session.setup();
      await session.warmup();
      await settle(session.settle, SETTLING_MS);
    }
    const infer = async (forMs: number): Promise<readonly number[]> =>
      condition === 'none' ? [] : session.repeat({ forMs, duty, ratePerSecond });
    const { seen, meanwhile } = await useRound(
      { browser, session, origin: server.origin },
      {
        folder: join(record.writer.qoeFolder, roundFolder({ round, condition })),
        measure: roundMeasure(workload.runId),
        seconds: secondsPerRound,
        parts: { hasVideo, mainMoves: true },
        next,
      },
      infer,
    );
    return { round, condition, ...seen, inferencesMs: [...meanwhile] };
  } finally {
    await session.close().catch(() => {});
  }
}

/** A GPU has no modules without SIMD to choose. */
const workloadIn = (condition: QoeCondition, workload: Workload): Workload =>
  isGpuCondition(condition) ? { ...workload, backend: condition, simd: null } : workload;

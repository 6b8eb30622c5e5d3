import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { bundleFiles } from '../../src/bundle/bundleFiles.js';
import type { QoeRoundLog } from '../../src/bundle/qoeLog.js';
import { writeWhole } from '../../src/bundle/replaceFile.js';
import type { Scheduling } from '../../src/bundle/scheduling.js';
import { browserProcesses } from '../browser/processes.js';
import { whileConnected } from '../browser/whileConnected.js';
import { addEvents } from '../chromeTrace/addEvents.js';
import { QOE_CATEGORIES, recordTrace } from '../chromeTrace/recordTrace.js';
import type { HarnessSession } from '../harness/session.js';
import type { ProtocolSession } from '../protocolSession.js';
import { canSampleScheduling, sampleScheduling } from '../scheduling/sampleScheduling.js';
import { operate } from './operations.js';
import type { PageParts } from './page/protocol.js';

interface Where {
  readonly browser: Browser;
  /** A page of its own. What it is to run beside is set up in it. */
  readonly session: Pick<HarnessSession, 'page' | 'cdp' | 'whileOpen'>;
  /** Of the harness’s server. */
  readonly origin: string;
}

interface Use {
  /** Folder of the round’s files; created. */
  readonly folder: string;
  /** Name of the user-timing measure of the time of use. */
  readonly measure: string;
  readonly seconds: number;
  readonly parts: PageParts;
  /** Stream of numbers in [0, 1). */
  readonly next: () => number;
}

/** A third of the trace, and nothing that is asked of it. */
const NOISE: ReadonlySet<string> = new Set([
  'Graphics.Pipeline',
  'EpollEvent',
  'Receive mojo message',
  'SimpleWatcher::OnHandleReady',
  'BlinkScheduler_PerformMicrotaskCheckpoint',
  'cc::TaskGraphWorkQueue::ScheduleTasks',
]);

/** Loads the script of the page that is used, in a page of the harness. */
export async function openPage(browser: Browser, page: Page, origin: string): Promise<void> {
  if (page.url() === 'about:blank') await whileConnected(browser, page.goto(origin, { waitUntil: 'load' }));
  await whileConnected(browser, page.addScriptTag({ url: '/harness/qoe.js', type: 'module' }));
  await whileConnected(
    browser,
    page.waitForFunction(() => 'inferscopeQoe' in window),
  );
}

/**
 * Uses a page for some seconds by real input while something else runs, and records it: a trace, and the scheduling of the
 * browser’s threads.
 * @param run what runs meanwhile, for so many ms
 */
export async function useRound<T>(
  { browser, session, origin }: Where,
  { folder, measure, seconds, parts, next }: Use,
  run: (forMs: number) => Promise<T>,
): Promise<{
  readonly seen: Omit<QoeRoundLog, 'round' | 'condition' | 'inferencesMs'>;
  readonly meanwhile: T;
}> {
  const { page } = session;
  const cdp = session.cdp as ProtocolSession;
  await openPage(browser, page, origin);
  await whileConnected(
    browser,
    page.evaluate((given) => window.inferscopeQoe.build(given), parts),
  );
  await mkdir(folder, { recursive: true });
  const recording = await whileConnected(browser, recordTrace(cdp, QOE_CATEGORIES));
  const processes = await whileConnected(browser, browserProcesses(browser));
  const sampler = canSampleScheduling() ? sampleScheduling(processes.map(({ id }) => id)) : null;
  const use = async () => {
    await page.evaluate((name) => window.inferscopeQoe.begin(name), measure);
    const [meanwhile, operations] = await Promise.all([run(seconds * 1000), operate(cdp, seconds * 1000, next)]);
    const seen = await page.evaluate(() => window.inferscopeQoe.end());
    return { seen: { ...seen, operations: [...operations] }, meanwhile };
  };
  let scheduling: Scheduling | null = null;
  const used = await session.whileOpen(use()).finally(() => {
    scheduling = sampler?.stop() ?? null;
  });
  if (scheduling) await writeWhole(join(folder, bundleFiles.scheduling), `${JSON.stringify(scheduling)}\n`);
  const path = join(folder, bundleFiles.trace);
  await recording.stop(path);
  await addEvents(path, [], ({ name }) => NOISE.has(name));
  return used;
}

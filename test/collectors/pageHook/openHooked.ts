import type { Browser, CDPSession, Page } from 'playwright-core';
import { expect } from 'vitest';
import { childSessions } from '../../../collectors/cpuProfile/childSessions.js';
import type { Counting } from '../../../collectors/pageHook/counting.js';
import type { Hooked, RealmLogs } from '../../../collectors/pageHook/hooked.js';
import { hookPage, hookWorker } from '../../../collectors/pageHook/installHook.js';
import type { ProtocolSession } from '../../../collectors/protocolSession.js';
import type { Wait } from '../../../collectors/whileProgress.js';
import { within } from '../../../collectors/within.js';
import type { PageLogEntry } from '../../pages/pageLogEntry.js';

/** A pool thread that sleeps in Wasm never answers. */
const LIMIT_MS = 5000;
/** Waits for a thread that is awake. */
export const forAnswer: Wait = (work) => within(LIMIT_MS, work);

export interface HookedPage {
  readonly page: Page;
  readonly session: CDPSession;
  /** What the page threw or printed as an error. */
  readonly complaints: readonly string[];
  readonly hooks: readonly Hooked[];
  /** Waits for so many more inferences. @returns the page's log */
  infers(more: number): Promise<readonly PageLogEntry[]>;
  takeLogs(): Promise<readonly RealmLogs[]>;
  remove(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/**
 * Opens a page with the hook in it and in all of its workers.
 * @param counting makes its modules count what they execute
 */
export async function openHooked(browser: Browser, url: string, counting: Counting | null = null): Promise<HookedPage> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(error.error().message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const session = await context.newCDPSession(page);
  const hooks: Hooked[] = [await hookPage(session as ProtocolSession, counting)];
  const watchChildren = (parent: ProtocolSession): Promise<void> =>
    childSessions(parent, (child) => {
      const held = hookWorker(child, forAnswer, counting).then((hooked) => hooks.push(hooked));
      held
        .then(() => watchChildren(child))
        .catch((error: Error) => complaints.push(error.message))
        .finally(() => child.send('Runtime.runIfWaitingForDebugger').catch(() => {}));
    });
  await watchChildren(session as ProtocolSession);
  await page.goto(url);
  const read = () => page.evaluate(() => (globalThis as unknown as { log: PageLogEntry[] }).log);
  const count = async () => (await read().catch(() => [])).filter(({ phase }) => phase === 'steady').length;
  return {
    page,
    session,
    complaints,
    hooks,
    async infers(more) {
      const enough = (await count()) + more;
      await expect
        .poll(async () => complaints.length > 0 || (await count()) >= enough, { timeout: 90_000, interval: 200 })
        .toBe(true);
      return read();
    },
    takeLogs: async () => (await Promise.all(hooks.map((hooked) => hooked.takeLogs(true, forAnswer)))).flat(),
    remove: async () => (await Promise.all(hooks.map((hooked) => hooked.remove(forAnswer)))).flat(),
    close: () => context.close(),
  };
}

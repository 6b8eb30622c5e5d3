import { z } from 'zod';
import { inertText } from '../../src/text/inertText.js';
import { askBrowser, NO_LIMIT } from '../protocolSession.js';
import { whileProgress } from '../whileProgress.js';
import { LimitError } from '../within.js';
import { AttachError } from './attachError.js';
import type { BrowserConnection } from './openConnection.js';
import type { AttachedSession } from './sessionTable.js';
import type { Tab } from './tabs.js';

const schema = z.object({ sessionId: z.string() });

/** A responsive tab answers in milliseconds, even while it computes in short tasks. While the whole machine is slow, it is waited for. */
const LIMIT_MS = 15_000;
const CAP_MS = 2 * 60_000;
const DETACH_LIMIT_MS = 2000;

/**
 * Opens a flat session with one tab and checks that its page answers, since the browser itself answers for a tab that hangs.
 * Nothing is evaluated or enabled in the page.
 * @throws AttachError `tab-silent` if the page does not answer within the limit; the tab is then detached again
 */
export async function attachTab(
  connection: Pick<BrowserConnection, 'browser' | 'session'>,
  tab: Tab,
  limitMs = LIMIT_MS,
): Promise<AttachedSession> {
  const { browser } = connection;
  const limits = { what: 'The tab', silenceMs: limitMs, capMs: Math.max(limitMs, CAP_MS), witness: () => askBrowser(browser) };
  const wait = whileProgress(limits);
  const request = { targetId: tab.id, flatten: true };
  const { sessionId } = await wait(browser.send('Target.attachToTarget', request, NO_LIMIT)).then(
    (answer) => schema.parse(answer),
    (error) => {
      throw silentTab(tab, limitMs, error);
    },
  );
  const session = connection.session(sessionId);
  try {
    // Only the page's own thread can answer this request, and the request changes nothing there.
    // Chromium 156 attaches at once to a hanging or discarded tab; this request then stays unanswered.
    await wait(session.send('Runtime.getHeapUsage', {}, NO_LIMIT));
    return session;
  } catch (error) {
    await browser.send('Target.detachFromTarget', { sessionId }, { timeout: DETACH_LIMIT_MS }).catch(() => {});
    throw silentTab(tab, limitMs, error);
  }
}

function silentTab({ title, url }: Tab, limitMs: number, error: unknown): unknown {
  if (!(error instanceof LimitError)) return error;
  return new AttachError(
    'tab-silent',
    `The tab "${inertText(title)}" (${inertText(url)}) does not answer within ${limitMs / 1000} s. It may be frozen or discarded to save memory, or busy without a pause. Bring it to the front, wait until it reacts, and run this again.`,
  );
}

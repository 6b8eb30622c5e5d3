import { z } from 'zod';
import { inertText } from '../../src/text/inertText.js';
import { AttachError } from './attachError.js';
import type { BrowserConnection } from './openConnection.js';
import type { AttachedSession } from './sessionTable.js';
import type { Tab } from './tabs.js';

const schema = z.object({ sessionId: z.string() });

/** A responsive tab answers in milliseconds, even while it computes in short tasks. */
const LIMIT_MS = 15_000;
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
  const attach = async (): Promise<string> => {
    const answer = await connection.browser.send('Target.attachToTarget', { targetId: tab.id, flatten: true }, limitMs);
    return schema.parse(answer).sessionId;
  };
  const sessionId = await attach().catch((error) => {
    throw silentTab(tab, limitMs, error);
  });
  const session = connection.session(sessionId);
  try {
    // Only the page's own thread can answer this request, and the request changes nothing there.
    // Chromium 156 attaches at once to a hanging or discarded tab; this request then stays unanswered.
    await session.send('Runtime.getHeapUsage', {}, limitMs);
    return session;
  } catch (error) {
    await connection.browser.send('Target.detachFromTarget', { sessionId }, DETACH_LIMIT_MS).catch(() => {});
    throw silentTab(tab, limitMs, error);
  }
}

function silentTab({ title, url }: Tab, limitMs: number, error: unknown): unknown {
  if (!(error instanceof AttachError) || error.code !== 'request-silent') return error;
  return new AttachError(
    'tab-silent',
    `The tab "${inertText(title)}" (${inertText(url)}) does not answer within ${limitMs / 1000} s. It may be frozen or discarded to save memory, or busy without a pause. Bring it to the front, wait until it reacts, and run this again.`,
  );
}

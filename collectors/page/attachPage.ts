import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type AttachRequest, attach } from '../attach/attach.js';
import type { AttachEffects } from '../attach/attachEffects.js';
import { ownFacts } from '../browser/ownFacts.js';
import { processList } from '../browser/processes.js';
import type { Progress } from '../progress.js';
import type { ProtocolSession } from '../protocolSession.js';
import { valueInIsolatedWorld } from './isolatedWorld.js';
import { letGo, type PageTarget, whyGone } from './pageTarget.js';

export interface AttachedSource extends AttachRequest {
  /** Reloads the page, so that it is recorded from its first line. */
  readonly reload: boolean;
}

/**
 * A tab of an open browser.
 * @throws AttachError that says what was found and what to do
 */
export async function attachPage(
  source: AttachedSource,
  progress: Progress,
  signal: AbortSignal,
  effects?: AttachEffects,
): Promise<PageTarget> {
  const { tab, session, browser, notes, again, close } = await attach(source, progress, signal, effects);
  try {
    const facts = await ownFacts(browser);
    const hidden = await hiddenNote(session);
    return {
      opened: 'attached',
      url: tab.url,
      title: tab.title,
      page: session,
      browser,
      isHere: await isHere(browser, facts.commandLine),
      facts: {
        ...facts,
        executable: null,
        headless: facts.commandLine === null ? null : /(^|\s)--headless\b/.test(facts.commandLine),
        sandboxed: facts.commandLine === null ? null : !/(^|\s)--no-sandbox\b/.test(facts.commandLine),
      },
      notes: hidden === null ? notes : [...notes, hidden],
      gone: whyGone(session),
      async begin() {
        if (source.reload) await session.send('Page.reload');
        return [];
      },
      async again() {
        await letGo(session);
        return again();
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const HIDDEN =
  'This tab is hidden: behind another tab or window, or minimized. Chrome draws no frames for it and slows its timers down, so the page infers more rarely, and slower, than where somebody looks at it. Bring it to the front, and record it again.';

/**
 * A warning if the tab is hidden.
 * https://developer.chrome.com/blog/timer-throttling-in-chrome-88
 * @returns null if it is visible, or the page does not answer
 */
async function hiddenNote(page: ProtocolSession): Promise<string | null> {
  try {
    const state = await valueInIsolatedWorld(page, 'document.visibilityState', z.string());
    return state === 'hidden' ? HIDDEN : null;
  } catch {
    return null;
  }
}

/**
 * Whether a browser runs on this machine; a local port may lead to a phone, a container or a tunnel. It does if the process with
 * the browser's process id has the browser's command line.
 * @param commandLine as the browser reports it; null: unknown
 * @returns false also if the system cannot tell (it is not Linux)
 */
async function isHere(browser: ProtocolSession, commandLine: string | null): Promise<boolean> {
  if (commandLine === null) return false;
  try {
    const own = (await processList(browser)).find(({ type }) => type === 'browser');
    if (!own) return false;
    // Chrome overwrites its command line in /proc, with spaces between words. The reported one has no "=" before an empty value.
    const started = (await readFile(`/proc/${own.id}/cmdline`, 'utf8')).split(/[\0 ]/).filter((word) => word !== '');
    return started.length > 0 && started.every((word) => commandLine.includes(word.replace(/=$/, '')));
  } catch {
    return false;
  }
}

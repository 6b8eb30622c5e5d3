import { type AttachRequest, attach } from '../attach/attach.js';
import type { AttachEffects } from '../attach/attachEffects.js';
import { ownFacts } from '../browser/ownFacts.js';
import type { Progress } from '../progress.js';
import { hiddenNote } from './hiddenNote.js';
import { isHere } from './isHere.js';
import { type PageTarget, whyGone } from './pageTarget.js';

export interface AttachedSource extends AttachRequest {
  /** Loads the page anew, so that it is recorded from its first line on. */
  readonly reload: boolean;
}

/**
 * A tab of a browser that is open.
 * @throws AttachError that says what was found and what to do
 */
export async function attachPage(
  source: AttachedSource,
  progress: Progress,
  signal: AbortSignal,
  effects?: AttachEffects,
): Promise<PageTarget> {
  const { tab, session, browser, notes, close } = await attach(source, progress, signal, effects);
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
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

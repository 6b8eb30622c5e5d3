import { inertText } from '../../src/text/inertText.js';
import type { Progress } from '../progress.js';
import { type AttachEffects, attachEffects } from './attachEffects.js';
import type { AttachedSession } from './attachedSession.js';
import { attachTab } from './attachTab.js';
import { chooseTab } from './chooseTab.js';
import { devToolsNote } from './devToolsNote.js';
import { type EndpointRequest, findEndpoint } from './findEndpoint.js';
import { listTabs, type Tab } from './listTabs.js';
import { openConnection } from './openConnection.js';

export interface AttachRequest extends EndpointRequest {
  /** What stands after --tab; undefined: the only tab there is. */
  readonly tab: string | undefined;
}

/** One tab of a browser that somebody else opened. */
export interface Attached {
  readonly tab: Tab;
  /** The session with the tab. */
  readonly session: AttachedSession;
  /** The session with the browser itself. */
  readonly browser: AttachedSession;
  /** What the user should know of the state that the tab is in. */
  readonly notes: readonly string[];
  /** Detaches; the tab and the browser stay open as they were. It never fails. */
  close(): Promise<void>;
}

/**
 * From what the user typed to an open session with one tab.
 * @throws AttachError that says what was found and what to do
 */
export async function attach(
  request: AttachRequest,
  progress: Progress,
  signal: AbortSignal,
  effects: AttachEffects = attachEffects(),
): Promise<Attached> {
  progress.step('Looking for the browser');
  const socketUrl = await findEndpoint(request, effects);
  progress.step('Connecting to the browser');
  const connection = await openConnection(socketUrl, progress, signal);
  const { browser, close } = connection;
  const onAbort = (): void => void close();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const tab = chooseTab(await listTabs(browser), request.tab);
    progress.step(`Attaching to the tab "${inertText(tab.title)}"`);
    const note = await devToolsNote(browser, tab);
    const session = await attachTab(connection, tab);
    return { tab, session, browser, notes: note === null ? [] : [note], close };
  } catch (error) {
    await close();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

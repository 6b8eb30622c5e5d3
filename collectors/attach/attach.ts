import { z } from 'zod';
import { inertText } from '../../src/text/inertText.js';
import type { Progress } from '../progress.js';
import type { ProtocolSession } from '../protocolSession.js';
import { type AttachEffects, attachEffects } from './attachEffects.js';
import { AttachError } from './attachError.js';
import { attachTab } from './attachTab.js';
import { type EndpointRequest, findEndpoint } from './findEndpoint.js';
import { openConnection } from './openConnection.js';
import type { AttachedSession } from './sessionTable.js';
import { chooseTab, listTabs, type Tab } from './tabs.js';

export interface AttachRequest extends EndpointRequest {
  /** The value of --tab. Undefined: the browser has one tab only. */
  readonly tab: string | undefined;
}

/** One tab of a browser that the user opened. */
export interface Attached {
  readonly tab: Tab;
  /** The session with the tab. */
  readonly session: AttachedSession;
  /** The session with the browser itself. */
  readonly browser: AttachedSession;
  /** What the user should know about the state of the tab. */
  readonly notes: readonly string[];
  /** Another session with the tab, over the same connection. */
  again(): Promise<AttachedSession>;
  /** Detaches. The tab and the browser stay open as they were. Never fails. */
  close(): Promise<void>;
}

/**
 * Opens a session with the one tab that the user's words name.
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
    const again = (): Promise<AttachedSession> => attachTab(connection, tab);
    return { tab, session, browser, notes: note === null ? [] : [note], again, close };
  } catch (error) {
    await close();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

const devTools = z.object({ targetId: z.string().optional() });

const OPEN =
  'DevTools is open on this tab. WebAssembly may then run in the slow baseline tier, so its times are not those of your users: close DevTools, reload the page, and run this again.';
const OTHER_TOOL =
  'Another tool is attached to this tab. If it debugs, WebAssembly runs in the slow baseline tier, and times are not those of your users.';

/**
 * A warning if DevTools or another tool is attached to the tab: a debugger keeps V8 from optimizing Wasm.
 * @param tab its state before we attached
 * @returns null if no other tool is attached
 */
async function devToolsNote(browser: ProtocolSession, tab: Tab): Promise<string | null> {
  if (await hasDevTools(browser, tab)) return OPEN;
  return tab.attached ? OTHER_TOOL : null;
}

/**
 * Chromium 156 tells which DevTools belongs to a tab. Older versions only list a tab "DevTools - …" whose title ends in the
 * inspected address.
 */
async function hasDevTools(browser: ProtocolSession, tab: Tab): Promise<boolean> {
  try {
    return devTools.parse(await browser.send('Target.getDevToolsTarget', { targetId: tab.id })).targetId !== undefined;
  } catch (error) {
    if (!(error instanceof AttachError) || error.code !== 'request-failed') throw error;
  }
  const title = `DevTools - ${tab.url.replace(/^https?:\/\//, '')}`;
  return (await listTabs(browser, true)).some((other) => other.url.startsWith('devtools://') && other.title === title);
}

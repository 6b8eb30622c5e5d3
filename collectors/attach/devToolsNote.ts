import { z } from 'zod';
import type { ProtocolSession } from '../protocolSession.js';
import { AttachError } from './attachError.js';
import { listTabs, type Tab } from './listTabs.js';

const schema = z.object({ targetId: z.string().optional() });

const OPEN =
  'DevTools is open on this tab. WebAssembly may then run in the slow baseline tier, so its times are not those of your users: close DevTools, reload the page, and run this again.';
const SOMEBODY =
  'Another tool is attached to this tab. If it debugs, WebAssembly runs in the slow baseline tier, and times are not those of your users.';

/**
 * What to warn of when DevTools, or somebody else, is on a tab: a debugger keeps V8 from optimizing Wasm.
 * Chromium 156 tells which DevTools belongs to a tab; older ones only show a tab "DevTools - …" that ends in its address.
 * @param tab as it was before we attached to it
 * @returns null if nobody is there
 */
export async function devToolsNote(browser: ProtocolSession, tab: Tab): Promise<string | null> {
  if (await hasDevTools(browser, tab)) return OPEN;
  return tab.attached ? SOMEBODY : null;
}

async function hasDevTools(browser: ProtocolSession, tab: Tab): Promise<boolean> {
  try {
    return schema.parse(await browser.send('Target.getDevToolsTarget', { targetId: tab.id })).targetId !== undefined;
  } catch (error) {
    if (!(error instanceof AttachError) || error.code !== 'request-failed') throw error;
  }
  const title = `DevTools - ${tab.url.replace(/^https?:\/\//, '')}`;
  return (await listTabs(browser, true)).some((other) => other.url.startsWith('devtools://') && other.title === title);
}
